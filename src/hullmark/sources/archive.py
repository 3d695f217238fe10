"""Image archives: docker save (old and new form) and OCI archives, plain or compressed.

Specs: https://github.com/moby/moby/blob/master/image/spec/spec.md and the OCI image layout.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from stat import S_ISREG

from hullmark.model import ParseError, SourceError
from hullmark.oci.documents import Descriptor
from hullmark.oci.image import Place, open_layout, open_saved
from hullmark.oci.inflate import compression
from hullmark.oci.stream import FileStream
from hullmark.oci.tar import FILE, LINK, SYMLINK, entries
from hullmark.sources.oci import split
from hullmark.unit import Ask, OpenImage, source

MAX_MEMBERS = 100_000
"""A docker archive holds three files a layer; a layout may hold several images."""

MAX_LINKS = 8
TAR_MAGIC = b"ustar"


class Archive:
    """Members of a tar by name; links among them are followed a few steps."""

    def __init__(self, name: str, fd: int, size: int) -> None:
        self.name = name
        self._members: dict[str, Place] = {}
        self._links: dict[str, str] = {}
        stream = FileStream(fd, 0, size)
        try:
            for number, entry in enumerate(entries(stream)):
                if number >= MAX_MEMBERS:
                    raise SourceError(name, f"holds more than {MAX_MEMBERS} files")
                if entry.kind == FILE:
                    self._members[entry.path] = Place(fd, stream.position, entry.size)
                elif entry.kind == SYMLINK:
                    folder = entry.path.rpartition("/")[0]
                    self._links[entry.path] = os.path.normpath(os.path.join(folder, entry.link))
                elif entry.kind == LINK:
                    self._links[entry.path] = os.path.normpath(entry.link)
        except ParseError as error:
            raise SourceError(name, f"not a tar archive of an image: {error.why}") from error

    def blob(self, descriptor: Descriptor) -> Place | None:
        """A blob of the layout form."""
        return self.file(f"blobs/{descriptor.digest.replace(':', '/')}")

    def layer(self, descriptor: Descriptor) -> Place | None:
        """A layer is a blob like any other."""
        return self.blob(descriptor)

    def file(self, path: str) -> Place | None:
        """A member, or what a link of that name leads to."""
        for _ in range(MAX_LINKS):
            if path in self._members:
                return self._members[path]
            path = self._links.get(path, "").lstrip("/")
        return None


def is_archive(target: str) -> bool:
    """A regular file that is a tar, or compressed as archives are."""
    path = split(target)[0]
    if not os.path.isfile(path):
        return False
    with open(path, "rb") as file:
        start = file.read(262)
        return start[257:] == TAR_MAGIC or compression(file.fileno(), 0, len(start)) != "none"


@source(id="archive", recognises=is_archive)
@contextmanager
def archive(ask: Ask) -> Iterator[OpenImage]:
    """A file written by docker, podman or skopeo: ``archive:PATH`` or ``archive:PATH:TAG``.

    Docker's old and new form and OCI archives, each also compressed by gzip or zstd; those are
    unpacked once into an unnamed file of the cache. With several images inside, name one.
    """
    path, reference = split(ask.target)
    with ExitStack() as closing:
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise SourceError(path, f"cannot be opened: {error.strerror}") from error
        closing.callback(os.close, fd)
        if not S_ISREG(os.fstat(fd).st_mode):
            raise SourceError(path, "is not a regular file")
        if compression(fd, 0, os.fstat(fd).st_size) != "none":
            fd = ask.unpack(fd, os.fstat(fd).st_size)
            closing.callback(os.close, fd)
        yield open_archive(
            fd, f"archive:{ask.target}", path=path, reference=reference, platform=ask.platform
        )


def open_archive(
    fd: int, name: str, *, path: str = "", reference: str = "", platform: str = ""
) -> OpenImage:
    """The image in an open, plain archive of either form; ``path`` is for messages."""
    members = Archive(path or name, fd, os.fstat(fd).st_size)
    if members.file("index.json") and members.file("oci-layout"):
        return open_layout(members, name, reference=reference, platform=platform)
    return open_saved(members, name, reference=reference, platform=platform)
