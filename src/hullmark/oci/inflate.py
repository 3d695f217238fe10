"""Layers as streams of uncompressed chunks: gzip (RFC 1952), zstd (RFC 8878) or plain tar.

ISA-L inflates faster than zlib-ng on layers of Debian packages (docs/benchmarks.md).
"""

import os
from collections.abc import Iterator
from io import RawIOBase

import zstandard
from isal.igzip import IGzipFile
from isal.igzip_lib import IsalError

from hullmark.model import ParseError
from hullmark.oci.arriving import Arriving
from hullmark.oci.zstd import is_frame, is_whole

READ_BYTES = 256 * 1024
CHUNK_BYTES = 512 * 1024
"""Long enough to make hand-over between threads cheap, short enough to stay in cache."""

MAX_LAYER_BYTES = 64 * 1024**3
"""Uncompressed; the largest public images (machine learning) have layers of some 20 GB."""

FREE_BYTES = 1024**3
MAX_RATIO = 200
"""Beyond the first ``FREE_BYTES`` out, more than this many bytes out for one in is a bomb.

Layers of text reach some 12, sparse database files some 100.
"""

START_BYTES = 4
"""Enough to know a compression by."""

GZIP_MAGIC = b"\x1f\x8b"


def compression(fd: int, offset: int, size: int) -> str:
    """``gzip``, ``zstd`` or ``none``, by the first bytes and not by the media type's word."""
    start = os.pread(fd, min(START_BYTES, size), offset)
    if start.startswith(GZIP_MAGIC):
        return "gzip"
    return "zstd" if is_frame(start) else "none"


def chunks(fd: int, offset: int, size: int, arriving: Arriving | None = None) -> Iterator[bytes]:
    """Uncompressed bytes of a layer; ``ParseError`` when they break format or bounds.

    Where its bytes are still ``arriving``, each is waited for.
    """
    raw = _Window(fd, offset, size, arriving)
    raw.wait(min(size, START_BYTES))
    method = compression(fd, offset, size)
    if method == "none":
        while piece := raw.read(READ_BYTES):
            yield piece
        return
    given = 0
    for chunk in (_gunzip if method == "gzip" else _unzstd)(raw):
        given += len(chunk)
        if given > MAX_LAYER_BYTES:
            raise ParseError("layer", f"inflates to more than {MAX_LAYER_BYTES} bytes")
        if given > FREE_BYTES and given > MAX_RATIO * raw.taken:
            raise ParseError("layer", f"inflates to more than {MAX_RATIO} times its size")
        yield chunk
    raw.wait(size)
    if method == "zstd" and not is_whole(fd, offset, size):
        raise ParseError("layer", "zstd stream ends early")


def _gunzip(raw: "_Window") -> Iterator[bytes]:
    """All members of a gzip file; zero bytes after the last are padding."""
    try:
        with IGzipFile(fileobj=raw) as file:  # type: ignore[no-untyped-call]
            while chunk := file.read1(CHUNK_BYTES):
                yield chunk
    except EOFError as error:
        raise ParseError("layer", "gzip stream ends early") from error
    except (OSError, IsalError) as error:  # type: ignore[misc]  # its stub gives an instance
        raise ParseError("layer", f"not gzip: {error}") from error


def _unzstd(raw: "_Window") -> Iterator[bytes]:
    """All frames of a zstd file, skippable frames passed over; windows up to 128 MiB."""
    reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
        raw,  # type: ignore[arg-type]  # read() is all that is called
        read_size=READ_BYTES,
        read_across_frames=True,
    )
    try:
        while chunk := reader.read(CHUNK_BYTES):
            yield chunk
    except zstandard.ZstdError as error:
        raise ParseError("layer", f"not zstd: {error}") from error


class _Window(RawIOBase):
    """A part of an open file as a stream, without moving the file's own position.

    ``taken`` counts the bytes read.
    """

    def __init__(self, fd: int, offset: int, size: int, arriving: Arriving | None) -> None:
        self._fd = fd
        self._size = size
        self._start = offset
        self._arriving = arriving
        self.taken = 0

    def wait(self, size: int) -> None:
        """Until so many bytes from the start are in the file."""
        if self._arriving and size:
            self._arriving.beyond(size - 1)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: Buffer has no len
        want = min(len(buffer), self._size - self.taken)
        if want <= 0:
            return 0
        if self._arriving:
            want = min(want, self._arriving.beyond(self.taken) - self.taken)
        got = os.preadv(self._fd, [memoryview(buffer)[:want]], self._start + self.taken)
        if not got:
            raise ParseError("layer", f"ends {self._size - self.taken} bytes early")
        self.taken += got
        return got
