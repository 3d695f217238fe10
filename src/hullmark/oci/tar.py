"""Tar streams of layers: ustar, GNU and pax, one entry after the other.

Formats: POSIX.1-2017 pax, https://www.gnu.org/software/tar/manual/html_node/Standard.html
Only the header is decoded here; a consumer takes an entry's content or lets it be skipped.
"""

from collections.abc import Iterator
from functools import lru_cache
from struct import Struct, unpack_from
from typing import Protocol
from zlib import adler32

from msgspec import Struct as Record

from hullmark.model import Content, ParseError

BLOCK = 512
MAX_HEADER_BYTES = 4 * 1024 * 1024
"""For one pax header or GNU long name; Linux paths end at 4096 bytes, attributes at 64 KiB."""

MAX_ENTRIES = 20_000_000
MAX_SPARSE_PARTS = 65_536

FILE, LINK, SYMLINK, DIRECTORY, DEVICE = "file", "hardlink", "symlink", "directory", "device"
_KINDS = {
    0: FILE, 48: FILE, 49: LINK, 50: SYMLINK, 51: DEVICE, 52: DEVICE, 53: DIRECTORY,
    54: DEVICE, 55: FILE, 83: FILE,
}  # fmt: skip
_PLAIN_KINDS = {0: FILE, 48: FILE, 53: DIRECTORY}
_ODD_STARTS = ("", ".", "/")
_BLANK = 32
"""Header fields end in a space or a NUL byte."""

_LONG_NAME, _LONG_LINK, _PAX, _PAX_GLOBAL, _SPARSE, _DIRECTORY = 76, 75, 120, 103, 83, 53
_NEWLINE = 10
_NAMES = frozenset((b"path", b"linkpath", b"uname", b"gname", b"GNU.sparse.name"))
"""Records whose values must not hold NUL bytes; of others that is true of the keys."""

_GNU_NAME, _GNU_LINK = b"GNU long name", b"GNU long link"
_RECORDS = frozenset((_LONG_NAME, _LONG_LINK, _PAX, _PAX_GLOBAL))


class Stream(Protocol):
    """Bytes in order, with a cheap way over those that nobody wants."""

    def block(self) -> bytes:
        """The next ``BLOCK`` bytes, or nothing at the end of the stream."""

    def take(self, size: int) -> bytes:
        """Exactly ``size`` bytes; ``ParseError`` when the stream ends before."""

    def skip(self, size: int, padding: int = 0) -> None:
        """Pass over ``size`` bytes; ``ParseError`` when the stream ends before.

        All of the ``padding`` behind them may be missing at the end of the stream.
        """

    def peek(self, size: int) -> bytes:
        """Up to ``size`` bytes without moving; fewer only at the end."""

    def content(self, size: int) -> bytes | Content:
        """Pass over ``size`` bytes and keep a way to read them until the next ``content``."""


class Entry(Record, gc=False):
    """One member. ``path`` is relative and normal: no empty, ``.`` or ``..`` parts.

    ``size`` counts stored bytes that follow the header, 0 for all but files. ``odd`` is true when
    the name as stored was absolute or climbed with ``..``. ``real_size`` is a sparse file's
    length, -1 for others; ``sparse`` lists its stored parts as (offset, size).
    """

    path: str
    kind: str
    size: int
    mode: int
    link: str
    odd: bool
    header: bytes
    real_size: int = -1
    sparse: list[tuple[int, int]] | None = None

    @property
    def uid(self) -> int:
        """The owner's number."""
        return _signed(self.header, 108, 8)

    @property
    def gid(self) -> int:
        """The group's number."""
        return _signed(self.header, 116, 8)


def entries(stream: Stream) -> Iterator[Entry]:
    """Members in order, to the end mark or the end of the stream.

    A consumer that takes an entry's content sets ``entry.size`` to what is left of it; the rest
    is skipped. All but files store nothing, whatever their size field says (POSIX pax).
    """
    extra: dict[bytes, bytes] = {}
    block, skip = stream.block, stream.skip
    for _ in range(MAX_ENTRIES):
        header = block()
        if not header or (header[0] == 0 and not header.strip(b"\0")):
            return
        entry = None if extra else _plain(header)
        if entry is None:
            kind = header[156]
            _check_sum(header)
            size = _number(header, 124, 12)
            if kind in _RECORDS:
                _read_record(stream, kind, size, extra)
                continue
            entry = _entry(header, kind, size, extra)
            extra = {}
            if kind == _SPARSE:
                _old_sparse(stream, header, entry)
        size = entry.size
        yield entry
        if size:
            skip(entry.size, -size % BLOCK)
    raise ParseError("layer", f"more than {MAX_ENTRIES} entries")


def _plain(header: bytes) -> Entry | None:
    """A file or folder with nothing unusual in its header, read the short way; else ``None``.

    The checksum is the sum of all bytes, its own field counted as spaces: adler32's low half is
    that sum modulo 65521, and far quicker than adding. Fields that many headers share are
    converted once.
    """
    raw, octal_mode, after_mode, octal_size, after_size, told, kind, prefix = _plain_fields(header)
    name = _PLAIN_KINDS.get(kind)
    if name is None or after_mode or after_size or prefix or not octal_size.isdigit():
        return None
    if adler32(header) & 0xFFFF != _adler(told):
        return None
    try:
        path = raw.partition(b"\0")[0].decode()
        mode = _octal(octal_mode)
        size = int(octal_size, 8)
    except ValueError:
        return None
    if name is DIRECTORY:
        size = 0
    if path[-1:] == "/":
        if name is FILE or path[-2:] == "//":
            return None
        path = path[:-1]
    if path[:2] == "./":
        path = path[2:]
    if "/." in path or "//" in path or path[:1] in _ODD_STARTS:
        return None
    return Entry(path, name, size, mode, "", False, header)  # noqa: FBT003 - the hot path


_plain_fields = Struct("100s7sB16x11sB12x8sB188xB").unpack_from
"""Name; mode and size with what ends them; checksum; kind; the first byte of the prefix."""


@lru_cache(16384)
def _adler(told: bytes) -> int:
    """The low half of adler32 of a header with this checksum field; -1 for an unusual field."""
    try:
        return -1 if told[6] else (_octal(told[:6]) - 255 + sum(told)) % 65521
    except ValueError:
        return -1


@lru_cache(1024)
def _octal(digits: bytes) -> int:
    """Octal digits between spaces; ``ValueError`` for what only Python takes for a number."""
    if digits.strip(b"01234567 "):
        raise ValueError(digits)
    return int(digits, 8)


def _read_record(stream: Stream, kind: int, size: int, extra: dict[bytes, bytes]) -> None:
    """A header that tells of the next one: pax records, or a GNU long name."""
    data = _payload(stream, size)
    if kind == _PAX:
        long = {key: extra[key] for key in (_GNU_NAME, _GNU_LINK) if key in extra}
        extra.clear()
        records = dict(_records(data))
        extra.update({key: value for key, value in records.items() if value})
        extra.update(long)
    elif kind == _PAX_GLOBAL:
        extra.clear()
    else:
        extra[_GNU_NAME if kind == _LONG_NAME else _GNU_LINK] = data.partition(b"\0")[0]


def _entry(header: bytes, kind: int, size: int, extra: dict[bytes, bytes]) -> Entry:
    """One member with all that is told of it; where writers differ, as Go's runtimes read it."""
    raw = header[:100].partition(b"\0")[0]
    link = header[157:257].partition(b"\0")[0] if kind in (49, 50) else b""
    prefix = _prefix(header)
    if prefix:
        raw = prefix + b"/" + raw
    sparse: list[tuple[int, int]] | None = None
    real_size = -1
    if extra:
        raw = extra.get(_GNU_NAME) or extra.get(b"path") or raw
        link = extra.get(_GNU_LINK) or extra.get(b"linkpath") or link
        header = _owned(header, extra)
        size = decimal(extra[b"size"]) if b"size" in extra else size
        if kind != _SPARSE and _is_sparse(extra):
            raw = extra.get(b"GNU.sparse.name") or raw
            real = extra.get(b"GNU.sparse.size") or extra.get(b"GNU.sparse.realsize")
            real_size, sparse = decimal(real) if real else size, _pax_map(extra)
    name = _KINDS.get(kind, FILE)
    if kind == 0 and raw.endswith(b"/"):
        name = DIRECTORY
    stored = size if name == FILE else 0
    path, odd = normal(raw)
    mode = _number(header, 100, 8)
    return Entry(path, name, stored, mode, text(link), odd, header, real_size, sparse)


def _prefix(header: bytes) -> bytes:
    """What stands before the name: in headers of GNU tar only where its two times are none."""
    magic = header[257:265]
    if magic[:6] == b"ustar\0":
        end = 476 if header[508:] == b"tar\0" else 500
        return header[345:end].partition(b"\0")[0]
    if magic == b"ustar  \0":
        try:
            for start in (345, 357):
                if header[start]:
                    _signed(header, start, 12)
        except ParseError:
            prefix = header[345:500].partition(b"\0")[0]
            return prefix if prefix.isascii() else b""
    return b""


def _is_sparse(extra: dict[bytes, bytes]) -> bool:
    """Whether pax records make a file sparse, in one of the three forms that GNU tar had."""
    version = extra.get(b"GNU.sparse.major", b""), extra.get(b"GNU.sparse.minor", b"")
    if version == (b"", b""):
        return b"GNU.sparse.map" in extra
    return version in ((b"0", b"0"), (b"0", b"1"), (b"1", b"0"))


def _owned(header: bytes, extra: dict[bytes, bytes]) -> bytes:
    """The header with the owner that pax records tell of, when that is a number."""
    for key, at in ((b"uid", 108), (b"gid", 116)):
        if extra.get(key, b"").isdigit():
            number = decimal(extra[key]) | 1 << 63
            header = header[:at] + number.to_bytes(8, "big") + header[at + 8 :]
    return header


def text(raw: bytes) -> str:
    r"""A name as text: UTF-8, other bytes as ``\xNN``."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(errors="backslashreplace")


def normal(raw: bytes) -> tuple[str, bool]:
    """A stored name as a path below the root, and whether it tried to leave it."""
    if raw[:2] == b"./":
        raw = raw[2:]
    doubled = b"//" in raw
    if raw[-1:] == b"/":
        raw = raw[:-1]
    plain = not (doubled or b"/." in raw or raw[:1] in (b".", b"/", b""))
    if plain:
        return text(raw), False
    parts: list[bytes] = []
    odd = raw[:1] == b"/"
    for part in raw.split(b"/"):
        if part == b"..":
            odd = True
            del parts[-1:]
        elif part not in (b"", b"."):
            parts.append(part)
    return text(b"/".join(parts)), odd


def _number(header: bytes, start: int, length: int) -> int:
    """Octal digits, or base 256 when the first bit is set (GNU); never negative."""
    value = _signed(header, start, length)
    if not 0 <= value < 1 << 62:
        raise ParseError("layer", "tar header holds a number beyond bounds")
    return value


def _signed(header: bytes, start: int, length: int) -> int:
    """A number as owners may be: base 256 is a two's complement behind its first bit."""
    field = header[start : start + length]
    if field[0] & 0x80:
        sign = (field[0] & 0x40) << 1
        value = int.from_bytes(bytes([field[0] & 0x7F | sign]) + field[1:], "big", signed=True)
        if not -1 << 63 <= value < 1 << 63:
            raise ParseError("layer", "tar header holds a number beyond bounds")
        return value
    digits = field.strip(b"\0 ").partition(b"\0")[0]
    if digits.strip(b"01234567"):
        raise ParseError("layer", f"tar header holds {field!r} for a number")
    return int(digits or b"0", 8)


def _check_sum(header: bytes) -> None:
    """Compare the checksum: the sum of all bytes, its own field counted as spaces.

    adler32's low half is that sum modulo 65521, and far quicker than adding.
    """
    field = header[148:156]
    plain = ((adler32(header) & 0xFFFF) - 1 - sum(field) + 256) % 65521
    try:
        if int(field[:6], 8) == plain and field[6] <= _BLANK:
            return
    except ValueError:
        pass
    told = _number(header, 148, 8)
    signed = sum(unpack_from("512b", header)) - sum(unpack_from("8b", field)) + 256
    if told % 65521 != plain and told != signed:
        raise ParseError("layer", "tar header with a wrong checksum")


def _payload(stream: Stream, size: int) -> bytes:
    if size > MAX_HEADER_BYTES:
        raise ParseError("layer", f"tar header record of {size} bytes")
    data = stream.take(size)
    stream.skip(-size % BLOCK)
    return data


def _records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Pax records: length, space, key, equals sign, value, newline; sparse maps may repeat."""
    at = 0
    repeated: list[bytes] = []
    while at < len(data):
        digits, space, _ = data[at : at + 20].partition(b" ")
        length = decimal(digits)
        if not space or length <= len(digits) + 2 or at + length > len(data):
            raise ParseError("layer", "tar holds a malformed pax record")
        key, equals, value = data[at + len(digits) + 1 : at + length - 1].partition(b"=")
        if not equals or data[at + length - 1] != _NEWLINE:
            raise ParseError("layer", "tar holds a malformed pax record")
        if b"\0" in (value if key in _NAMES else key):
            raise ParseError("layer", "tar holds a pax record with a NUL byte")
        if key in (b"GNU.sparse.offset", b"GNU.sparse.numbytes"):
            repeated.append(value)
        else:
            yield key, value
        at += length
    if repeated:
        yield b"GNU.sparse.map", b",".join(repeated)


def decimal(digits: bytes) -> int:
    """A number as pax writes it; ``ParseError`` for anything else."""
    if not digits.isdigit() or len(digits) > 19:  # noqa: PLR2004 - digits of 2**63
        raise ParseError("layer", f"tar holds {digits[:20]!r} for a number")
    return int(digits)


def _pax_map(extra: dict[bytes, bytes]) -> list[tuple[int, int]] | None:
    """The map of formats 0.0 and 0.1; 1.0 keeps its map in front of the data (``None``)."""
    if b"GNU.sparse.map" not in extra:
        return None
    numbers = [decimal(part) for part in extra[b"GNU.sparse.map"].split(b",") if part]
    if len(numbers) > 2 * MAX_SPARSE_PARTS:
        raise ParseError("layer", "sparse file of too many parts")
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _old_sparse(stream: Stream, header: bytes, entry: Entry) -> None:
    """GNU's own sparse type: four parts in the header, more in blocks that follow it."""
    parts: list[tuple[int, int]] = []
    block, at, count, flag = header, 386, 4, 482
    while True:
        for index in range(count):
            start = at + 24 * index
            if block[start]:
                parts.append((_number(block, start, 12), _number(block, start + 12, 12)))
        if not block[flag]:
            break
        if len(parts) > MAX_SPARSE_PARTS:
            raise ParseError("layer", "sparse file of too many parts")
        block, at, count, flag = stream.take(BLOCK), 0, 21, 504
    entry.real_size = _number(header, 483, 12)
    entry.sparse = parts
