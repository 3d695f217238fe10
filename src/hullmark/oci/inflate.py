"""Layers as streams of uncompressed chunks: gzip (RFC 1952), zstd (RFC 8878) or plain tar.

ISA-L inflates a quarter faster than zlib-ng on layers of Debian packages (bench/inventory).
"""

import os
from collections.abc import Iterator
from io import RawIOBase

import zstandard
from isal import isal_zlib
from isal.igzip_lib import IsalError

from hullmark.model import ParseError

READ_BYTES = 256 * 1024
CHUNK_BYTES = 1024 * 1024
"""Long enough to make hand-over between threads cheap, short enough to stay in cache."""

MAX_LAYER_BYTES = 64 * 1024**3
"""Uncompressed; the largest public images (machine learning) have layers of some 20 GB."""

FREE_BYTES = 1024**3
MAX_RATIO = 200
"""Beyond the first ``FREE_BYTES`` out, more than this many bytes out for one in is a bomb.

Layers of text reach some 12, sparse database files some 100.
"""

GZIP_WINDOW = 31
"""Greatest window, with gzip header and trailer, in zlib's terms."""
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
SKIPPABLE_MAGIC = b"\x2a\x4d\x18"
"""Bytes 1 to 3 of a zstd skippable frame, as zstd:chunked layers may begin with."""


def compression(fd: int, offset: int, size: int) -> str:
    """``gzip``, ``zstd`` or ``none``, by the first bytes and not by the media type's word."""
    start = os.pread(fd, min(4, size), offset)
    if start.startswith(GZIP_MAGIC):
        return "gzip"
    if start == ZSTD_MAGIC or start[1:] == SKIPPABLE_MAGIC:
        return "zstd"
    return "none"


def chunks(fd: int, offset: int, size: int) -> Iterator[bytes]:
    """Uncompressed bytes of a layer; ``ParseError`` when they break format or bounds."""
    method = compression(fd, offset, size)
    raw = window(fd, offset, size)
    if method == "none":
        yield from raw
        return
    taken, given = 0, 0

    def counted() -> Iterator[bytes]:
        nonlocal taken
        for piece in raw:
            taken += len(piece)
            yield piece

    for chunk in (_gunzip if method == "gzip" else _unzstd)(counted()):
        given += len(chunk)
        if given > MAX_LAYER_BYTES:
            raise ParseError("layer", f"inflates to more than {MAX_LAYER_BYTES} bytes")
        if given > FREE_BYTES and given > MAX_RATIO * taken:
            raise ParseError("layer", f"inflates to more than {MAX_RATIO} times its size")
        yield chunk


def window(fd: int, offset: int, size: int, step: int = READ_BYTES) -> Iterator[bytes]:
    """The bytes of a file from ``offset``, without moving its position."""
    end = offset + size
    while offset < end:
        piece = os.pread(fd, min(step, end - offset), offset)
        if not piece:
            raise ParseError("layer", f"ends {end - offset} bytes early")
        offset += len(piece)
        yield piece


def _gunzip(raw: Iterator[bytes]) -> Iterator[bytes]:
    """All members of a gzip file; zero bytes after the last are padding."""
    inflater = None
    try:
        for piece in raw:
            rest = piece
            while rest:
                if inflater is None:
                    if not rest.strip(b"\0"):
                        break
                    inflater = isal_zlib.decompressobj(GZIP_WINDOW)
                chunk = inflater.decompress(rest, CHUNK_BYTES)
                rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
                inflater = None if inflater.eof else inflater
                if chunk:
                    yield chunk
        while inflater is not None:
            chunk = inflater.decompress(b"", CHUNK_BYTES)
            if not chunk and not inflater.eof:
                raise ParseError("layer", "gzip stream ends early")
            inflater = None if inflater.eof else inflater
            yield chunk
    except IsalError as error:  # type: ignore[misc]  # its stub gives an instance
        raise ParseError("layer", f"not gzip: {error}") from error


def _unzstd(raw: Iterator[bytes]) -> Iterator[bytes]:
    """All frames of a zstd file, skippable frames passed over; windows up to 128 MiB."""
    source = _Pieces(raw)
    reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
        source,  # type: ignore[arg-type]  # read() is all that is called
        read_size=READ_BYTES,
        read_across_frames=True,
    )
    try:
        while chunk := reader.read(CHUNK_BYTES):
            yield chunk
    except zstandard.ZstdError as error:
        raise ParseError("layer", f"not zstd: {error}") from error


class _Pieces(RawIOBase):
    """A reader over an iterator, as zstandard wants one: short reads are allowed."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next piece, cut to ``size``."""
        if not self._rest:
            self._rest = next(self._pieces, b"")
        head, self._rest = self._rest[:size], self._rest[size:]
        return head
