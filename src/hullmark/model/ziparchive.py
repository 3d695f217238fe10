"""ZIP archives by their central directory: a few entries of many, read by offset.

Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. The standard library's
reader makes an object of each entry, which takes seven times as long as this walk.
"""

import zlib
from collections.abc import Container, Iterator
from struct import Struct as Layout

from msgspec import Struct

from hullmark.model.errors import ParseError
from hullmark.model.file import Content, File

MAX_DIRECTORY_BYTES = 64 * 1024 * 1024
"""Half a million entries, ten times the largest of known Java archives."""

_END = Layout("<4s6xHII2x")
_END_SIGNATURE = b"PK\x05\x06"
_END64_LOCATOR = Layout("<4s4xQ4x")
_END64 = Layout("<4s36xQQ")
_WALK = Layout("<I24xHHH")
_ENTRY = Layout("<8xHH8xIIHH10xI")
_LOCAL = Layout("<26xHH")
_SIGNATURE = 0x02014B50
_TAIL_BYTES = _END.size + 0xFFFF + _END64_LOCATOR.size
_SLACK = 64
"""Extra bytes that local headers have and the directory does not count, or deflate adds."""

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_IN_EXTRA = 0xFFFFFFFF
_MANY = 0xFFFF


class Entry(Struct, frozen=True, gc=False):
    """One file of an archive: its name as stored, and where and how it is packed."""

    name: bytes
    flags: int
    method: int
    packed_size: int
    size: int
    offset: int


class Directory(Struct, frozen=True):
    """The central directory, and how far its offsets are off: a program may stand before it."""

    records: bytes
    base: int


class Window:
    """The bytes of a stored entry, left where they are."""

    def __init__(self, file: File, offset: int, size: int) -> None:
        self.file = file
        self.offset = offset
        self.size = size

    def read(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``offset``; fewer only at the end."""
        return self.file.read(self.offset + offset, max(0, min(size, self.size - offset)))


def entries(file: File, found: Directory, endings: Container[bytes]) -> Iterator[Entry]:
    """The entries whose names' last four bytes are among ``endings``, in their order.

    Raises ``ParseError`` where the directory breaks off.
    """
    directory, base = found.records, found.base
    at, last = 0, len(directory) - 46
    walk = _WALK.unpack_from
    while at <= last:
        signature, name, extra, comment = walk(directory, at)
        if signature != _SIGNATURE:
            raise ParseError(file.path, f"no entry at byte {at} of the archive's directory")
        end = at + 46 + name
        if directory[end - 4 : end] in endings:
            yield _entry(directory[at : end + extra], base)
        at = end + extra + comment
    if at < len(directory):
        raise ParseError(file.path, "the directory of the archive is cut short")


def first_bytes(file: File, entry: Entry, limit: int) -> bytes:
    """The entry's content, or as much of it as ``limit`` allows."""
    _readable(file, entry)
    ahead = _LOCAL.size + len(entry.name) + _SLACK
    packed_size = min(entry.packed_size, limit + limit // 8 + _SLACK)
    local = file.read(entry.offset, ahead + packed_size)
    start = _start(file, local)
    if entry.method == _STORED:
        size = min(entry.packed_size, limit)
        return local[start:][:size] if start <= ahead else file.read(entry.offset + start, size)
    if start > ahead:
        local, start = file.read(entry.offset + start, packed_size), 0
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = stream.decompress(local[start : start + packed_size], limit)
    except zlib.error as error:
        raise ParseError(file.path, f"entry {_shown(entry)} does not inflate") from error
    if not stream.eof and len(data) < limit:
        raise ParseError(file.path, f"entry {_shown(entry)} is cut short")
    return data


def packed(file: File, entry: Entry) -> bytes | memoryview:
    """The entry's bytes as they are stored; ``ParseError`` when they are encrypted or not here.

    Those of an archive in memory are not copied.
    """
    _readable(file, entry)
    if isinstance(file.content, bytes):
        start = entry.offset + _start(file, file.content, entry.offset)
        view = memoryview(file.content)[start : start + entry.packed_size]
        if len(view) < entry.packed_size:
            raise ParseError(file.path, f"entry {_shown(entry)} is cut short")
        return view
    ahead = _LOCAL.size + len(entry.name) + _SLACK
    local = file.read(entry.offset, ahead + entry.packed_size)
    start = _start(file, local)
    if start > ahead:
        local, start = file.read(entry.offset + start, entry.packed_size), 0
    data = local[start : start + entry.packed_size]
    if len(data) < entry.packed_size:
        raise ParseError(file.path, f"entry {_shown(entry)} is cut short")
    return data


def content(file: File, entry: Entry, limit: int) -> bytes | Content:
    """The entry's whole content, not copied when it is stored; refused above ``limit`` bytes."""
    _readable(file, entry)
    if entry.method == _STORED:
        start = entry.offset + _start(file, file.read(entry.offset, _LOCAL.size))
        return Window(file, start, max(0, min(entry.packed_size, file.size - start)))
    data = first_bytes(file, entry, limit + 1)
    if len(data) > limit:
        why = f"entry {_shown(entry)} has more than the {limit} bytes that are unpacked"
        raise ParseError(file.path, why)
    return data


def directory(file: File, limit: int = MAX_DIRECTORY_BYTES) -> Directory:
    """The archive's central directory; ``ParseError`` for none, and for one above ``limit``."""
    tail_at = max(0, file.size - _TAIL_BYTES)
    tail = file.read(tail_at, _TAIL_BYTES)
    if _END_SIGNATURE not in tail[: -_END.size + 4]:
        raise ParseError(file.path, "not a zip archive")
    for at in _ends(tail):
        end, size, offset = _end(file, tail, tail_at, at)
        start = end - size
        if offset <= start and size <= limit:
            inside = start >= tail_at
            data = tail[start - tail_at : end - tail_at] if inside else file.read(start, size)
            if data[:4] in (b"PK\x01\x02", b""):
                return Directory(data, start - offset)
    raise ParseError(file.path, "the directory of the archive is not where it should be")


def _ends(tail: bytes) -> Iterator[int]:
    """Where an end record may be: first those whose comment is the rest of the file."""
    for exact in (True, False):
        at = tail.rfind(_END_SIGNATURE, 0, len(tail) - _END.size + 4)
        while at >= 0:
            comment = int.from_bytes(tail[at + 20 : at + 22], "little")
            if (at + _END.size + comment == len(tail)) == exact:
                yield at
            at = tail.rfind(_END_SIGNATURE, 0, at)


def _end(file: File, tail: bytes, tail_at: int, at: int) -> tuple[int, int, int]:
    """Where the directory ends, its size, and its offset as the archive counts."""
    _, count, size, offset = _END.unpack_from(tail, at)
    if at >= _END64_LOCATOR.size and (_IN_EXTRA in (size, offset) or count == _MANY):
        signature, end64 = _END64_LOCATOR.unpack_from(tail, at - _END64_LOCATOR.size)
        record = file.read(end64, _END64.size) if signature == b"PK\x06\x07" else b""
        if record[:4] == b"PK\x06\x06" and len(record) == _END64.size:
            _, size, offset = _END64.unpack(record)
            return end64, size, offset
    return tail_at + at, size, offset


def _entry(record: bytes, base: int) -> Entry:
    """One record of the directory; sizes of 4 GB and more stand in its extra field."""
    flags, method, packed, size, name, _, offset = _ENTRY.unpack_from(record)
    if _IN_EXTRA in (packed, size, offset):
        size, packed, offset = _wide(record[46 + name :], [size, packed, offset])
    return Entry(record[46 : 46 + name], flags, method, packed, size, base + offset)


def _wide(extra: bytes, numbers: list[int]) -> list[int]:
    """Size, packed size and offset, each from the 64-bit field 0x0001 if it did not fit."""
    at = 0
    while at + 4 <= len(extra):
        kind = int.from_bytes(extra[at : at + 2], "little")
        length = int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            wide = (int.from_bytes(field[i : i + 8], "little") for i in range(0, len(field), 8))
            return [next(wide, _IN_EXTRA) if n == _IN_EXTRA else n for n in numbers]
        at += 4 + length
    return numbers


def _readable(file: File, entry: Entry) -> None:
    """Refuse what cannot be unpacked."""
    if entry.flags & _ENCRYPTED:
        raise ParseError(file.path, f"entry {_shown(entry)} is encrypted")
    if entry.method not in (_STORED, _DEFLATED):
        raise ParseError(file.path, f"entry {_shown(entry)} is packed by method {entry.method}")


def _start(file: File, local: bytes, at: int = 0) -> int:
    """Length of the local header there, which has its own name and extra field."""
    if local[at : at + 4] != b"PK\x03\x04" or len(local) < at + _LOCAL.size:
        raise ParseError(file.path, "an entry of the archive is not where its directory says")
    name, extra = _LOCAL.unpack_from(local, at)
    return int(_LOCAL.size + name + extra)


def _shown(entry: Entry) -> str:
    return repr(entry.name[-100:].decode(errors="backslashreplace"))
