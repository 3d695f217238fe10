"""Files packed as a whole by gzip, xz or Zstandard, unpacked in memory up to a bound."""

import lzma
import zlib

import zstandard

from hullmark.model.errors import ParseError
from hullmark.model.file import File

GZIP, XZ, ZSTD = b"\x1f\x8b", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"

MAX_WINDOW_BYTES = 128 * 1024 * 1024
"""What ``zstd --long`` and ``xz -9e`` need to unpack, and no ordinary file exceeds."""


def unpacked(file: File, limit: int) -> File:
    """The file itself when it is not packed, else its content as a file of the same path.

    Only the first stream of several counts. ``ParseError`` when it does not unpack, or to more
    than ``limit`` bytes.
    """
    start = file.read(0, len(XZ))
    if not start.startswith((GZIP, XZ, ZSTD)):
        return file
    data = _content(file, start, limit + 1)
    if len(data) > limit:
        raise ParseError(file.path, f"unpacks to more than the {limit} bytes that are read")
    return File(path=file.path, content=data)


def _content(file: File, start: bytes, most: int) -> bytes:
    data = file.data
    try:
        if start.startswith(ZSTD):
            made = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
            with made.stream_reader(data) as reader:
                found = reader.read(most)
            whole = len(found) >= zstandard.frame_content_size(data)
        else:
            stream = _stream(start)
            found = stream.decompress(data, most)
            whole = stream.eof
    except (zlib.error, lzma.LZMAError, zstandard.ZstdError) as error:
        raise ParseError(file.path, f"does not unpack: {error}") from error
    if not whole and len(found) < most:
        raise ParseError(file.path, "does not unpack: cut short")
    return found


def _stream(start: bytes) -> "zlib._Decompress | lzma.LZMADecompressor":
    if start.startswith(GZIP):
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_WINDOW_BYTES)
