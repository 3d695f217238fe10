"""Files inside archives inside images: zip and its kin, tar, gzip, bzip2, xz, zstd."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from re import compile as regex
from typing import Protocol

import zstandard
from isal import isal_zlib

from hullmark.model import File, ParseError, ziparchive
from hullmark.oci.stream import ChunkStream
from hullmark.oci.tar import FILE, Entry, entries

MAX_DEPTH = 3
"""Archives in archives: a jar in a war in a tar.gz is three deep."""

MAX_MEMBER_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 512 * 1024 * 1024
"""Of one file of the image, with all archives in it."""

MAX_MEMBERS = 100_000
CHUNK_BYTES = 1024 * 1024

START_BYTES = 1024
"""Of a file, by which it is told what it is: a tar says so, a NUL byte that it is no text."""

ZIP, GZIP, BZIP2, XZ, ZSTD = b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zX", b"\x28\xb5\x2f\xfd"
PACKED = (ZIP, GZIP, BZIP2, XZ, ZSTD)
"""What archives begin with."""

JAVA = (".jar", ".war")
"""Archives that may have a program in front: those of Spring Boot start with a shell script."""

EMPTY_BYTES = 2
"""Of a deflated member that is empty."""

WIDE = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16, the only text with NUL bytes: https://www.unicode.org/faq/utf_bom.html"""

TAR, USTAR = slice(257, 262), b"ustar"
"""Where a tar says ``ustar``: POSIX.1-2024, pax, ustar Interchange Format."""

OBJECT = b"\x78"
"""What zlib begins with, and loose objects of git with it (gitformat-loose(5))."""

UNREAD = {
    b"7z\xbc\xaf": "7-Zip archives are not unpacked",
    b"Rar!": "RAR archives are not unpacked",
}
PACK = b"PACK"
OF_PACK = "packs of git are not unpacked: scan the repository itself (git:PATH)"

_IS_OBJECT = regex(r"(?:\A|/)objects/[0-9a-f]{2}/(?:[0-9a-f]{38}|[0-9a-f]{62})\Z").search

_BROKEN: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub says instance

_MARKS = (*PACKED, *UNREAD, *WIDE)

GapMaker = Callable[[str, str], None]
"""Told what was not looked at, and why."""


class _Inflater(Protocol):
    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def unused_data(self) -> bytes:
        """What follows it."""

    def decompress(self, data: bytes, /) -> bytes:
        """What these bytes inflate to."""


class _All:
    def __contains__(self, _: object) -> bool:
        return True


class Budget:
    """Bytes and files that may still be unpacked from one file of the image."""

    def __init__(self) -> None:
        self.left_bytes = MAX_UNPACKED_BYTES
        self.left_members = MAX_MEMBERS

    def take(self, path: str, size: int) -> None:
        """Raise ``ParseError`` when it is used up."""
        self.left_bytes -= size
        self.left_members -= 1
        if self.left_bytes < 0:
            raise ParseError(path, f"unpacks to more than {MAX_UNPACKED_BYTES} bytes")
        if self.left_members < 0:
            raise ParseError(path, f"more than {MAX_MEMBERS} files in an archive")


def is_packed(path: str, start: bytes) -> bool:
    """Whether a file that begins with these ``START_BYTES`` holds others, or text in disguise."""
    if start.startswith(_MARKS) or start[TAR] == USTAR:
        return True
    if path.endswith(JAVA):
        return True
    if path.endswith((".tar", ".pack")):
        return path.endswith(".tar") or start.startswith(PACK)
    return start.startswith(OBJECT) and _IS_OBJECT(path) is not None


def members(file: File, budget: Budget, gap: GapMaker) -> Iterator[File]:
    """The files inside, each under ``archive!/name``; nothing of what is no archive.

    Raises ``ParseError`` where the archive breaks off; single members are gaps.
    """
    head = file.read(0, START_BYTES)
    start = head[:4]
    if start in UNREAD:
        raise ParseError(file.path, UNREAD[start])
    if start == PACK:
        raise ParseError(file.path, OF_PACK)
    if start == ZIP:
        yield from _of_zip(file, budget, gap)
    elif start.startswith(PACKED):
        yield from _of_stream(file, start, budget, gap)
    elif start.startswith(WIDE):
        yield _of_wide(file, budget)
    elif head[TAR] == USTAR or file.name.endswith(".tar"):
        yield from _of_tar(file.path, _blocks(file), budget, gap)
    elif start.startswith(OBJECT) and _IS_OBJECT(file.path):
        yield from _of_stream(file, start, budget, gap)
    elif file.name.endswith(JAVA):
        yield from _of_zip(file, budget, gap)


def _of_wide(file: File, budget: Budget) -> File:
    """The same text in UTF-8, under the same name."""
    if file.size > MAX_MEMBER_BYTES:
        raise ParseError(file.path, f"{file.size} bytes of UTF-16 are too many to be looked at")
    budget.take(file.path, file.size)
    text = file.data.decode("utf-16", errors="replace").encode()
    return File(path=file.path, content=text, layer=file.layer)


def _of_zip(file: File, budget: Budget, gap: GapMaker) -> Iterator[File]:
    encrypted = 0
    folder = f"{file.path}!/"
    for entry in ziparchive.entries(file, ziparchive.directory(file), _All()):
        empty = not entry.size and entry.packed_size <= EMPTY_BYTES
        if empty or entry.name.endswith(b"/"):
            continue
        path = folder + entry.name.decode(errors="backslashreplace")
        if entry.flags & 1:
            encrypted += 1
            continue
        budget.take(file.path, entry.size)
        try:
            content = _entry(file, entry)
        except ParseError as error:
            gap(path, error.why)
            continue
        yield File(path=path, content=content, layer=file.layer)
    if encrypted:
        gap(file.path, f"{encrypted} encrypted files in the archive were not looked at")


def _entry(file: File, entry: ziparchive.Entry) -> bytes:
    """The whole content of a member, whose size its directory promised."""
    if entry.size > MAX_MEMBER_BYTES:
        raise ParseError(
            file.path, f"{entry.size} bytes are more than the {MAX_MEMBER_BYTES} looked at"
        )
    packed = ziparchive.packed(file, entry)
    if entry.method == 0:
        return bytes(packed)
    inflater = isal_zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, entry.size + 1)
    except (_BROKEN, ValueError) as error:
        raise ParseError(file.path, "does not inflate") from error
    if len(data) > entry.size:
        raise ParseError(file.path, "inflates to more than its directory says")
    return bytes(data)


def _of_stream(file: File, start: bytes, budget: Budget, gap: GapMaker) -> Iterator[File]:
    """One compressed file, or the tar that it is."""
    pieces = _inflated(file, start, budget)
    first = next(pieces, b"")
    name = file.name
    for ending in (".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".Z"):
        name = name.removesuffix(ending)
    if first[TAR] == USTAR:
        yield from _of_tar(file.path, _again(first, pieces), budget, gap)
        return
    data = [first]
    size = len(first)
    for piece in pieces:
        size += len(piece)
        if size > MAX_MEMBER_BYTES:
            raise ParseError(file.path, f"inflates to more than {MAX_MEMBER_BYTES} bytes")
        data.append(piece)
    yield File(path=f"{file.path}!/{name}", content=b"".join(data), layer=file.layer)


def _of_tar(path: str, pieces: Iterator[bytes], budget: Budget, gap: GapMaker) -> Iterator[File]:
    stream = ChunkStream(pieces, -1)
    for entry in entries(stream):
        if entry.kind != FILE or not entry.size:
            continue
        name = f"{path}!/{entry.path}"
        budget.take(path, 0)
        if entry.size > MAX_MEMBER_BYTES or entry.real_size >= 0:
            gap(name, f"{entry.size} bytes, or sparse: not looked at")
            continue
        size, entry.size = entry.size, 0
        content = stream.content(size)
        data = content if isinstance(content, bytes) else content.read(0, size)
        yield _member(name, data, entry)


def _member(name: str, data: bytes, entry: Entry) -> File:
    return File(path=name, content=data, mode=entry.mode)


def _inflated(file: File, start: bytes, budget: Budget) -> Iterator[bytes]:
    """All of a compressed stream, member after member."""
    make = _inflater(start)
    at, inflater, left, within = 0, make(), b"", True
    while at < file.size or left:
        raw = left or file.read(at, CHUNK_BYTES)
        at += 0 if left else len(raw)
        left, within = b"", True
        try:
            data = inflater.decompress(raw)
        except (_BROKEN, OSError, lzma.LZMAError, zstandard.ZstdError) as error:
            raise ParseError(file.path, f"does not inflate: {error}"[:200]) from error
        budget.take(file.path, len(data))
        budget.left_members += 1
        if data:
            yield bytes(data)
        if inflater.eof:
            left = inflater.unused_data.lstrip(b"\0")
            inflater, within = make(), False
            if left and not left.startswith(start[:2]):
                return
    if within:
        raise ParseError(file.path, "breaks off")


def _inflater(start: bytes) -> Callable[[], _Inflater]:
    if start.startswith(GZIP):
        return lambda: isal_zlib.decompressobj(zlib.MAX_WBITS | 16)
    if start.startswith(BZIP2):
        return bz2.BZ2Decompressor
    if start.startswith(XZ):
        return lambda: lzma.LZMADecompressor(memlimit=256 * 1024 * 1024)
    if start.startswith(OBJECT):
        return lambda: isal_zlib.decompressobj(zlib.MAX_WBITS)
    return lambda: zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()


def _blocks(file: File) -> Iterator[bytes]:
    at = 0
    while data := file.read(at, CHUNK_BYTES):
        yield data
        at += len(data)


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
