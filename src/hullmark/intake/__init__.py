"""Open a target with jailed help: compressed archives are inflated by a worker.

A zygote whose work is to serve these requests hands them to ``unpack``.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from fcntl import F_GETFL, fcntl

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from hullmark.disk.scratch import read_only, unnamed
from hullmark.model import ParseError, SourceError
from hullmark.oci.inflate import chunks
from hullmark.oci.stream import write
from hullmark.oci.unchanged import unchanged
from hullmark.sandbox import Crash, Zygote
from hullmark.sandbox.zygote import PROGRESS, Emit
from hullmark.unit import Access, Ask, Opened, OpenImage, OpenReport, Source

REPORT_CHUNKS = 256
NO_ACCESS = Access()


class UnpackJob(Struct, frozen=True, kw_only=True, tag=True):
    """Inflate a compressed archive: descriptors are the archive and the file to write."""

    size: int


class Unpacked(Struct, frozen=True, kw_only=True):
    """The answer: empty, or why it could not be done."""

    why: str = ""


def unpack(job: UnpackJob, archive: int, plain: int, emit: Emit) -> Unpacked:
    """Write an archive's uncompressed bytes; runs inside the jail."""
    at = 0
    try:
        for number, chunk in enumerate(chunks(archive, 0, job.size)):
            at += write(plain, chunk, at)
            if not number % REPORT_CHUNKS:
                emit(PROGRESS, at.to_bytes(8, "little"))
    except ParseError as error:
        return Unpacked(why=error.why)
    except OSError as error:
        return Unpacked(why=f"cannot be unpacked: {error.strerror}")
    return Unpacked()


@contextmanager
def opened(
    zygote: Zygote,
    source: Source,
    target: str,
    *,
    folder: str,
    platform: str = "",
    leaves_out: Callable[[str], bool] = lambda _: False,
    access: Access = NO_ACCESS,
) -> Iterator[Opened]:
    """A target, open for the block; ``folder`` is where an archive is unpacked or pulled to.

    Raises ``SourceError`` when it cannot be read, or changed meanwhile.
    """
    ask = Ask(
        target=target,
        platform=platform,
        leaves_out=leaves_out,
        unpack=lambda fd, size: _plain(zygote, target, fd, size, folder),
        access=access,
        scratch=lambda: unnamed(folder),
    )
    with source.open(ask) as brought, _sealed(brought) as found, unchanged(found, target):
        if isinstance(found, OpenReport):
            yield found
            return
        artifact = replace(found.artifact, name=_text(found.artifact.name))
        yield replace(found, artifact=artifact)


def greeting(zygote: Zygote) -> tuple[str, bytes]:
    """What the zygote says of its jail and its work; ``SourceError`` when it could not start."""
    try:
        return zygote.greeting()
    except Crash as error:
        raise SourceError("sandbox", str(error)) from error


@contextmanager
def _sealed(found: Opened) -> Iterator[Opened]:
    """An image whose blobs can only be read: a worker gets its layer's file whole.

    What was pulled or unpacked lies in one file, where it could else change its neighbours.
    """
    if not isinstance(found, OpenImage):
        yield found
        return
    with ExitStack() as closing:
        sealed: dict[int, int] = {}
        for fd in {blob.fd for blob in found.blobs if blob.fd >= 0}:
            if fcntl(fd, F_GETFL) & os.O_ACCMODE != os.O_RDONLY:
                sealed[fd] = read_only(fd)
                closing.callback(os.close, sealed[fd])
        blobs = [replace(blob, fd=sealed.get(blob.fd, blob.fd)) for blob in found.blobs]
        yield replace(found, blobs=tuple(blobs))


def _text(name: str) -> str:
    r"""A target's name as text: bytes that are no UTF-8 as ``\xNN``."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _plain(zygote: Zygote, target: str, fd: int, size: int, folder: str) -> int:
    """A descriptor of the archive's plain bytes, in an unnamed file."""
    greeting(zygote)
    plain = unnamed(folder)
    try:
        job = zygote.start(msgspec.msgpack.encode(UnpackJob(size=size)), [fd, plain])
        answer = msgspec.msgpack.decode(job.result(), type=Unpacked)
    except (Crash, msgspec.DecodeError) as error:
        os.close(plain)
        raise SourceError(target, f"cannot be unpacked: {error}") from error
    if answer.why:
        os.close(plain)
        raise SourceError(target, answer.why)
    return plain
