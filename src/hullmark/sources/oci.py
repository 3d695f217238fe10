"""OCI image layout: a folder with index.json and blobs.

Spec: https://github.com/opencontainers/image-spec/blob/main/image-layout.md
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from stat import S_ISREG

from msgspec.structs import replace

from hullmark.disk.walk import FOLDER
from hullmark.model import SourceError
from hullmark.oci.attached import in_layout
from hullmark.oci.documents import Descriptor
from hullmark.oci.image import Place, open_layout
from hullmark.unit import Ask, OpenImage, source


class Folder:
    """Blobs and files of a layout folder; links inside it are not followed."""

    def __init__(self, path: str, closing: ExitStack) -> None:
        self.name = path
        self._closing = closing
        try:
            self._root = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise SourceError(path, f"cannot be opened: {error.strerror}") from error
        closing.callback(os.close, self._root)
        self._open: dict[str, Place] = {}

    def blob(self, descriptor: Descriptor) -> Place | None:
        """The blob's own file; its name is a checked digest, so it stays in the folder."""
        return self.file(f"blobs/{descriptor.digest.replace(':', '/')}")

    def layer(self, descriptor: Descriptor) -> Place | None:
        """A layer is a blob like any other."""
        return self.blob(descriptor)

    def file(self, path: str) -> Place | None:
        """A regular file of the layout, opened once."""
        if path not in self._open:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            try:
                fd = self._reach(path, flags)
            except FileNotFoundError:
                return None
            except OSError as error:
                raise SourceError(f"{self.name}/{path}", f"{error.strerror}") from error
            self._closing.callback(os.close, fd)
            status = os.fstat(fd)
            if not S_ISREG(status.st_mode):
                raise SourceError(f"{self.name}/{path}", "is not a regular file")
            self._open[path] = Place(fd, 0, status.st_size)
        return self._open[path]

    def _reach(self, path: str, flags: int) -> int:
        """Open a path part by part: ``O_NOFOLLOW`` heeds the last one only."""
        *folders, name = path.split("/")
        with ExitStack() as passed:
            at = self._root
            for folder in folders:
                at = os.open(folder, FOLDER, dir_fd=at)
                passed.callback(os.close, at)
            return os.open(name, flags, dir_fd=at)


def is_layout(target: str) -> bool:
    """A folder with the layout's mark, or such a folder followed by a tag or digest."""
    return os.path.isfile(f"{split(target)[0]}/oci-layout")


def split(target: str) -> tuple[str, str]:
    """``PATH``, ``PATH:TAG`` or ``PATH@sha256:...`` into path and reference.

    Both parts may hold colons: the path is the longest that exists.
    """
    path, at, digest = target.partition("@sha256:")
    if at and not os.path.exists(target):
        return path, f"sha256:{digest}"
    path = target
    while path and not os.path.exists(path):
        path = path.rpartition(":")[0]
    return (path, target[len(path) + 1 :]) if path else (target, "")


@source(id="oci", recognises=is_layout)
@contextmanager
def oci(ask: Ask) -> Iterator[OpenImage]:
    """An OCI image layout folder: ``oci:PATH``, ``oci:PATH:TAG`` or ``oci:PATH@sha256:...``.

    Without a tag the folder must hold one image; of several platforms this machine's is read,
    unless another is asked for. A digest given by the user vouches for all that hangs below it.
    """
    path, reference = split(ask.target)
    with ExitStack() as closing:
        folder = Folder(path, closing)
        name = f"oci:{ask.target}"
        image = open_layout(folder, name, reference=reference, platform=ask.platform)
        attached, gaps = in_layout(folder, image.artifact.digest)
        yield replace(image, attached=attached, gaps=(*image.gaps, *gaps))
