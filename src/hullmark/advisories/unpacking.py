"""Documents out of what publishers pack them in: gzip, bzip2, xz, zstd, zip and tar."""

import bz2
import gzip
import lzma
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from re import compile as regex
from typing import BinaryIO, cast

import zstandard
from msgspec import Struct

from hullmark.advisories.archive import Archive
from hullmark.advisories.mirror import Window
from hullmark.model import FeedError, File, ParseError
from hullmark.model.publication import MAX_DOCUMENT_BYTES
from hullmark.oci import tar, zstd

MAX_DOCUMENTS = 2_000_000
"""Of one feed: four times GitHub's, which has the most."""

MAX_ALL_BYTES = 64 * 1024**3
"""Of one feed, unpacked: three times Red Hat's statements, which have the most."""

MAX_WINDOW_BYTES = 256 * 1024 * 1024
"""Of memory to unpack xz or zstd, which their strongest settings ask for."""

_PIECE_BYTES = 1024 * 1024
_MAGIC_BYTES = 6
_ZIP, _GZIP, _BZIP2, _XZ = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
_TAR = slice(257, 262)

is_document = regex(r"(?is)(?!(?:.*/)?\.[^/]).+\.(?:json|xml)\Z").match
"""Names in archives that are looked into; no part of them begins with a dot (``.github``)."""

is_packed = regex(
    r"(?is).+\.(?:(?:json|xml)(?:\.(?:gz|bz2|xz|zst))?|zip|tgz|tar(?:\.(?:gz|bz2|xz|zst))?)\Z"
).match
"""Names in folders that are looked into."""


class Budget(Struct):
    """How many documents, and bytes of them, there may be more."""

    place: str
    documents: int = MAX_DOCUMENTS
    size: int = MAX_ALL_BYTES

    def spend(self, size: int) -> None:
        """One document more; ``FeedError`` when there are too many."""
        self.documents -= 1
        self.size -= size
        if self.documents < 0:
            raise FeedError(self.place, f"more than {MAX_DOCUMENTS} documents")
        if self.size < 0:
            raise FeedError(self.place, f"documents of more than {MAX_ALL_BYTES} bytes")


def unpacked(window: Window, place: str, budget: Budget) -> Iterator[tuple[str, File]]:
    """Documents of an open file with their names in it, which for a single one are empty."""
    fd = window._fd  # noqa: SLF001 - readers of packed files want descriptors
    with _told(place):
        start = window.read(0, _MAGIC_BYTES)
        if start.startswith(_ZIP):
            yield from _zipped(fd, place, budget)
            return
        with os.fdopen(os.dup(fd), "rb") as packed, _plain(packed, start) as stream:
            head = stream.read(tar.BLOCK)
            if head[_TAR] == b"ustar":
                yield from _tarred(stream, head, place, budget)
                return
            data = head + _whole(stream, place)
    budget.spend(len(data))
    yield "", File(path=place, content=data)


def _plain(file: BinaryIO, start: bytes) -> BinaryIO:
    """What is packed in a file, as a stream."""
    file.seek(0)
    if start.startswith(_GZIP):
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if start.startswith(_BZIP2):
        return cast("BinaryIO", bz2.BZ2File(file))
    if start.startswith(_XZ):
        return BufferedReader(_Xz(file), _PIECE_BYTES)
    if zstd.is_frame(start[:4]):
        if not zstd.is_whole(file.fileno(), 0, os.fstat(file.fileno()).st_size):
            raise EOFError
        reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
        return BufferedReader(reader.stream_reader(file, read_across_frames=True), _PIECE_BYTES)
    return file


class _Xz(RawIOBase):
    """All streams of an xz file, in bounded memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._stream = lzma.LZMADecompressor(memlimit=MAX_WINDOW_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: Buffer has no len
        while True:
            if self._stream.eof:
                rest = (self._stream.unused_data or self._file.read(_PIECE_BYTES)).lstrip(b"\0")
                if not rest:
                    return 0
                self._stream = lzma.LZMADecompressor(memlimit=MAX_WINDOW_BYTES)
            else:
                rest = self._file.read(_PIECE_BYTES) if self._stream.needs_input else b""
                if not rest and self._stream.needs_input:
                    raise EOFError
            if data := self._stream.decompress(rest, len(buffer)):
                buffer[: len(data)] = data
                return len(data)


def _zipped(fd: int, place: str, budget: Budget) -> Iterator[tuple[str, File]]:
    archive = Archive(File(path=place, content=Window(fd)), (b".json", b".xml"))
    for each in archive.records:
        if is_document(each.name):
            data = archive.data(each, MAX_DOCUMENT_BYTES)
            budget.spend(len(data))
            yield each.name, File(path=f"{place}: {each.name}", content=data)


def _tarred(
    stream: BinaryIO, head: bytes, place: str, budget: Budget
) -> Iterator[tuple[str, File]]:
    blocks = _Blocks(stream, head, budget)
    for entry in tar.entries(blocks):
        if entry.kind == tar.FILE and entry.sparse is None and is_document(entry.path):
            where = f"{place}: {entry.path}"
            if entry.size > MAX_DOCUMENT_BYTES:
                raise FeedError(where, f"more than {MAX_DOCUMENT_BYTES} bytes")
            size, entry.size = entry.size, 0
            data = blocks.take(size)
            budget.spend(size)
            yield entry.path, File(path=where, content=data)


class _Blocks:
    """A tar archive's blocks, the first of which has been read."""

    def __init__(self, stream: BinaryIO, head: bytes, budget: Budget) -> None:
        self._stream = stream
        self._head = head
        self._budget = budget

    def block(self) -> bytes:
        """The next block, or nothing at the end."""
        head, self._head = self._head, b""
        data = head or self._stream.read(tar.BLOCK)
        if data and len(data) < tar.BLOCK:
            raise EOFError
        self._budget.size -= len(data)
        return data

    def take(self, size: int) -> bytes:
        """Exactly so many bytes."""
        data = self._stream.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def skip(self, size: int, padding: int = 0) -> None:
        """Pass over so many bytes, and over padding as far as it is there."""
        self._budget.size -= size + padding
        if self._budget.size < 0:
            raise FeedError(self._budget.place, f"documents of more than {MAX_ALL_BYTES} bytes")
        while size:
            size -= len(self.take(min(size, _PIECE_BYTES)))
        self._stream.read(padding)

    def peek(self, size: int) -> bytes:
        """What only sparse files need."""
        raise ParseError(self._budget.place, f"a sparse file ({size} bytes)")

    def content(self, size: int) -> bytes:
        """So many bytes in memory."""
        return self.take(size)


def _whole(stream: BinaryIO, place: str) -> bytes:
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise FeedError(place, f"more than {MAX_DOCUMENT_BYTES} bytes")
    return data


@contextmanager
def _told(place: str) -> Iterator[None]:
    """What goes wrong while unpacking as what is wrong with the feed."""
    try:
        yield
    except EOFError as error:
        raise FeedError(place, "is cut short") from error
    except ParseError as error:
        raise FeedError(place, error.why) from error
    except (
        lzma.LZMAError,
        zlib.error,
        zstandard.ZstdError,
        gzip.BadGzipFile,
    ) as error:
        raise FeedError(place, f"cannot be unpacked: {error}") from error
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        raise FeedError(place, why) from error
