"""Sections and segments of executables: ELF, PE and Mach-O, read by offset.

Formats: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html,
https://learn.microsoft.com/windows/win32/debug/pe-format and Apple's mach-o/loader.h.

Nothing here raises on malformed input: a table that contradicts the file reads as absent. A
kernel runs an ELF file whose section table is rubbish, so that is no reason to look away.
"""

from collections.abc import Iterator
from struct import Struct as Layout

from msgspec import Struct

from hullmark.model.file import File

MAX_TABLE_BYTES = 4 * 1024 * 1024
"""An ELF file's 65,279 sections, the most without extended numbering, take just as much."""

_AHEAD = 512
"""Linkers put the section names just before the section table: both come with one read."""

_PT_LOAD = 1
_PF_X, _PF_W = 1, 2
_SHT_NOBITS = 8

_ELF = {  # class and byte order: where the tables are, one section, one segment
    b"\x02\x01": (32, Layout("<QQ4xHHHHHH"), Layout("<IIQQQQ24x"), Layout("<IIQQ8xQ16x")),
    b"\x02\x02": (32, Layout(">QQ4xHHHHHH"), Layout(">IIQQQQ24x"), Layout(">IIQQ8xQ16x")),
    b"\x01\x01": (28, Layout("<II4xHHHHHH"), Layout("<IIIIII16x"), Layout("<III4xI4xI4x")),
    b"\x01\x02": (28, Layout(">II4xHHHHHH"), Layout(">IIIIII16x"), Layout(">III4xI4xI4x")),
}

_PE_HEADER = Layout("<4xHH12xH2xH")
_PE_SECTION = Layout("<8sIIII12xI")
_PE32_PLUS = 0x20B
_PE_ALIGN_MASK = 0x00F00000
_PE_READ_WRITE_DATA = 0xC0000040

_MACH = {
    b"\xfe\xed\xfa\xce": (">", 4),
    b"\xce\xfa\xed\xfe": ("<", 4),
    b"\xfe\xed\xfa\xcf": (">", 8),
    b"\xcf\xfa\xed\xfe": ("<", 8),
}
_LC_SEGMENT = {4: 0x01, 8: 0x19}
_MACH_READ_WRITE = 3
_MACH_ZERO_FILL = (0x01, 0x0C, 0x12)

MAGIC = (b"\x7fELF", b"MZ", *_MACH)
"""First bytes of the files read here. Universal Mach-O is not: its magic is Java's class magic."""


class Span(Struct, frozen=True, gc=False):
    """A section or a segment: ``size`` bytes of the file from ``offset``, run at ``address``.

    ``data`` is true of a segment that may be written but not executed.
    """

    name: bytes
    offset: int
    size: int
    address: int
    data: bool = False


class Executable(Struct, frozen=True):
    """How an executable is laid out: its byte order, a pointer's size in bytes, and its parts."""

    big_endian: bool
    word: int
    sections: tuple[Span, ...]
    segments: tuple[Span, ...]

    def section(self, name: bytes) -> Span | None:
        """The first section of this name; one without bytes in the file does not count."""
        return next((span for span in self.sections if span.name == name and span.size), None)

    def data(self) -> Span | None:
        """The segment of writable data, if there is one."""
        return next((span for span in self.segments if span.data and span.size), None)

    def offset(self, address: int) -> int:
        """Where the byte run at ``address`` lies in the file; -1 when it comes from no file."""
        for span in self.segments:
            if 0 <= address - span.address < span.size:
                return address - span.address + span.offset
        return -1


def elf_section_names(file: File) -> bytes:
    """All section names of an ELF file, each ended by a zero; empty when it has none.

    Costs two reads: cheap enough to be asked of every program and library of an image.
    """
    head = file.read(0, 64)
    return _elf_sections(file, head)[1] if head[:4] == b"\x7fELF" else b""


def executable(file: File) -> Executable | None:
    """Layout of an ELF, PE or Mach-O file; ``None`` for other files."""
    head = file.read(0, 64)
    if head[:4] == b"\x7fELF":
        return _elf(file, head)
    if head[:2] == b"MZ":
        return _pe(file, int.from_bytes(head[60:64], "little"))
    if head[:4] in _MACH:
        return _mach(file, head)
    return None


def _elf(file: File, head: bytes) -> Executable | None:
    """By section and program header table."""
    if head[4:6] not in _ELF:
        return None
    at, tables, section, segment = _ELF[head[4:6]]
    if len(head) < at + tables.size:
        return None
    table, names = _elf_sections(file, head)
    sections = tuple(
        Span(names[name : names.find(b"\0", name)], offset, size, address)
        for name, kind, _, address, offset, size in section.iter_unpack(table)
        if kind != _SHT_NOBITS
    )
    start, _, _, entry, count, *_ = tables.unpack_from(head, at)
    programs = file.read(start, entry * count) if entry == segment.size else b""
    whole = len(programs) // segment.size * segment.size
    segments = tuple(_elf_segments(programs[:whole], segment))
    return Executable(
        big_endian=head[5:6] == b"\x02",
        word=8 if head[4:5] == b"\x02" else 4,
        sections=sections,
        segments=segments,
    )


def _elf_sections(file: File, head: bytes) -> tuple[bytes, bytes]:
    """Section header table and section names; both empty when either is not where it should be."""
    at, tables, section, _ = _ELF.get(head[4:6], _ELF[b"\x02\x01"])
    if len(head) < at + tables.size:
        return b"", b""
    _, start, _, _, _, entry, count, index = tables.unpack_from(head, at)
    size = count * entry
    if entry != section.size or index >= count or start + size > file.size:
        return b"", b""
    first = max(0, start - _AHEAD)
    window = file.read(first, start - first + size)
    table = window[start - first :]
    if len(table) != size:
        return b"", b""
    _, _, _, _, offset, length = section.unpack_from(table, index * entry)
    if first <= offset and offset + length <= start:
        return table, window[offset - first : offset - first + length]
    return table, file.read(offset, min(length, MAX_TABLE_BYTES))


def _elf_segments(programs: bytes, segment: Layout) -> Iterator[Span]:
    """What is loaded of the file; 32-bit entries hold the same fields in another order."""
    for fields in segment.iter_unpack(programs):
        if segment.size == 56:  # noqa: PLR2004 - Elf64_Phdr
            kind, flags, offset, address, size = fields
        else:
            kind, offset, address, size, flags = fields
        if kind == _PT_LOAD:
            yield Span(b"", offset, size, address, data=flags & (_PF_X | _PF_W) == _PF_W)


def _pe(file: File, start: int) -> Executable | None:
    """By section table; a section is both what is named and what is loaded."""
    head = file.read(start, 24 + 32)
    if head[:4] != b"PE\0\0" or len(head) < 24 + 32:
        return None
    _, count, optional, magic = _PE_HEADER.unpack_from(head)
    wide = magic == _PE32_PLUS
    base = int.from_bytes(head[24 + 24 : 24 + 32] if wide else head[24 + 28 : 24 + 32], "little")
    table = file.read(start + 24 + optional, count * 40)
    spans = tuple(
        Span(
            name.rstrip(b"\0"),
            offset,
            min(size, virtual) if virtual else size,
            base + address,
            data=flags & ~_PE_ALIGN_MASK == _PE_READ_WRITE_DATA,
        )
        for name, virtual, address, size, offset, flags in _PE_SECTION.iter_unpack(
            table[: len(table) // 40 * 40]
        )
    )
    return Executable(big_endian=False, word=8 if wide else 4, sections=spans, segments=spans)


def _mach(file: File, head: bytes) -> Executable | None:
    """By the segment commands among the load commands."""
    order, word = _MACH[head[:4]]
    start = 32 if word == 8 else 28  # noqa: PLR2004 - 64 bits
    if len(head) < start:
        return None
    count, size = Layout(order + "II").unpack_from(head, 16)
    commands = file.read(start, min(size, MAX_TABLE_BYTES))
    pair = Layout(order + "II")
    # name, address, size in memory, offset, size, protection allowed and initial, sections
    segment = Layout(order + ("16sQQQQIII4x" if word == 8 else "16sIIIIIII4x"))  # noqa: PLR2004
    section = Layout(order + ("16s16xQQI12xI12x" if word == 8 else "16s16xIII12xI8x"))  # noqa: PLR2004
    sections: list[Span] = []
    segments: list[Span] = []
    at = 0
    for _ in range(count):
        if at + 8 > len(commands):
            break
        kind, length = pair.unpack_from(commands, at)
        body = commands[at + 8 : at + length]
        if kind == _LC_SEGMENT[word] and len(body) >= segment.size:
            name, address, _, offset, held, most, initial, _ = segment.unpack_from(body)
            data = most == initial == _MACH_READ_WRITE
            segments.append(Span(name.rstrip(b"\0"), offset, held, address, data=data))
            rest = body[segment.size :]
            for each in section.iter_unpack(rest[: len(rest) // section.size * section.size]):
                name, address, held, offset, flags = each
                if flags & 0xFF not in _MACH_ZERO_FILL:
                    sections.append(Span(name.rstrip(b"\0"), offset, held, address))
        at += max(length, 8)
    return Executable(
        big_endian=order == ">", word=word, sections=tuple(sections), segments=tuple(segments)
    )
