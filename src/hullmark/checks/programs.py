"""What an ELF program asks of the kernel and the loader, for checks: segments and dynamic tags.

Format: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html. Nothing raises on
malformed input: a table that contradicts the file reads as absent.
"""

from struct import Struct as Layout
from typing import NamedTuple

from hullmark.model import File

MAGIC = b"\x7fELF"
EXEC, DYN = 2, 3
LOAD, DYNAMIC, INTERP = 1, 2, 3
STACK, RELRO = 0x6474E551, 0x6474E552
RUN, WRITE = 1, 2

MAX_SEGMENTS = 256
"""Programs have about ten."""

MAX_DYNAMIC_BYTES = 64 * 1024
MAX_PATH_BYTES = 4096

UPX = b"UPX" + b"!"
UPX_HEAD_BYTES = 1024
UPX_TAIL_BYTES = 64
"""Where UPX leaves its mark: behind the program headers, and at the end."""

_FLAG_TEXTREL = 4
_PHDR64_BYTES = 56

_FORMS = {  # by class and byte order: kind and tables of the header, a segment, a dynamic tag
    b"\x02\x01": (Layout("<H14xQ14xHH"), Layout("<IIQQ8xQ16x"), Layout("<QQ")),
    b"\x02\x02": (Layout(">H14xQ14xHH"), Layout(">IIQQ8xQ16x"), Layout(">QQ")),
    b"\x01\x01": (Layout("<H10xI10xHH"), Layout("<III4xI4xI4x"), Layout("<II")),
    b"\x01\x02": (Layout(">H10xI10xHH"), Layout(">III4xI4xI4x"), Layout(">II")),
}


class Segment(NamedTuple):
    """One program header."""

    kind: int
    flags: int
    offset: int
    address: int
    size: int


class Program(NamedTuple):
    """``kind`` is ET_EXEC or ET_DYN and so on; ``tag`` unpacks one dynamic tag."""

    kind: int
    segments: tuple[Segment, ...]
    tag: Layout

    def first(self, kind: int) -> Segment | None:
        """The first segment of a kind."""
        return next((each for each in self.segments if each.kind == kind), None)

    def offset(self, address: int) -> int:
        """Where the byte run at ``address`` lies in the file; -1 when in none."""
        for each in self.segments:
            if each.kind == LOAD and 0 <= address - each.address < each.size:
                return address - each.address + each.offset
        return -1

    @property
    def is_static(self) -> bool:
        """Whether no loader is named: of what is started, that needs no library."""
        return self.kind in (EXEC, DYN) and self.first(INTERP) is None


class Dynamic(NamedTuple):
    """What the dynamic section says; ``paths`` are the folders of RPATH and RUNPATH."""

    needs: int
    has_text_relocations: bool
    paths: tuple[str, ...]


def program(file: File) -> Program | None:
    """The program headers of an ELF file; ``None`` where there are none to read."""
    head = file.read(0, 64)
    if head[:4] != MAGIC or head[4:6] not in _FORMS:
        return None
    layout, entry, tag = _FORMS[head[4:6]]
    if len(head) < 16 + layout.size:
        return None
    kind, start, size, count = layout.unpack_from(head, 16)
    if not 0 < count <= MAX_SEGMENTS or size != entry.size:
        return None
    table = file.read(start, size * count)
    if len(table) != size * count:
        return None
    wide = size == _PHDR64_BYTES
    rows = (row if wide else (row[0], row[4], *row[1:4]) for row in entry.iter_unpack(table))
    return Program(kind, tuple(map(Segment._make, rows)), tag)


def is_upx(file: File) -> bool:
    """Whether a program bears the mark of UPX."""
    tail = max(0, file.size - UPX_TAIL_BYTES)
    return UPX in file.read(0, UPX_HEAD_BYTES) or UPX in file.read(tail, UPX_TAIL_BYTES)


def interpreter(file: File, found: Program) -> str:
    """The loader that the program names; empty for static ones."""
    segment = found.first(INTERP)
    if segment is None:
        return ""
    data = file.read(segment.offset, min(segment.size, MAX_PATH_BYTES))
    return data.split(b"\0", 1)[0].decode(errors="replace")


def dynamic(file: File, found: Program) -> Dynamic:
    """What the loader is told; all empty for static programs."""
    segment = found.first(DYNAMIC)
    needs, relocations, strings, names = 0, False, -1, list[int]()
    if segment is not None:
        layout = found.tag
        data = file.read(segment.offset, min(segment.size, MAX_DYNAMIC_BYTES))
        for tag, value in layout.iter_unpack(data[: len(data) // layout.size * layout.size]):
            match tag:
                case 0:  # DT_NULL
                    break
                case 1:  # DT_NEEDED
                    needs += 1
                case 5:  # DT_STRTAB
                    strings = found.offset(value)
                case 15 | 29:  # DT_RPATH, DT_RUNPATH
                    names.append(value)
                case 22:  # DT_TEXTREL
                    relocations = True
                case 30:  # DT_FLAGS
                    relocations = relocations or bool(value & _FLAG_TEXTREL)
    paths = tuple(
        path
        for name in names[:2]
        if strings >= 0
        for path in _text(file, strings + name).split(":")
    )
    return Dynamic(needs, relocations, paths)


def _text(file: File, at: int) -> str:
    return file.read(at, MAX_PATH_BYTES).split(b"\0", 1)[0].decode(errors="replace")
