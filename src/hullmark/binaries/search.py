"""Look a program up by its file's name, and its version in the file's constants."""

from collections.abc import Iterable, Iterator
from re import compile as regex

from hullmark.binaries.program import Mark, Program, ready
from hullmark.model import File, ParseError
from hullmark.model.executable import executable

CONSTANTS = frozenset(
    (
        b".rodata",
        b".data",
        b".data.rel.ro",
        b".dynstr",
        b".debug_str",
        b".rdata",
        b"__cstring",
        b"__const",
    )
)
"""Sections in which compilers for ELF, PE and Mach-O put texts; of rustc only debug
information may tell, and of ghc only the names of the libraries that it loads."""

CHUNK_BYTES = 1024 * 1024
MAX_SEARCH_BYTES = 256 * 1024 * 1024
"""Of one file; Chromium has 60 MB of constants, and in all some 250 MB."""
MAX_PLACES = 4096
"""Where a mark's literal may stand without a version; the wordiest real ones have some hundred."""

_NUMBER = regex(r"[0-9][0-9.]*").search


class Table:
    """Programs by file name: at most three look-ups, however many there are."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self._names: dict[str, list[Program]] = {}
        for program in programs:
            for name in program.files:
                self._names.setdefault(name, []).append(program)

    def programs(self, name: str) -> list[Program]:
        """Those that go by this file name, in the table's order."""
        name = name.removesuffix(".exe")
        names = self._names
        found = names.get(name)
        if found is None:
            number = _NUMBER(name)
            found = names.get(f"{name[: number.start()]}*") if number else None
        if found is None and "-" in name:
            found = names.get(f"{name[: name.index('-')]}-*")
        return found or []


def version(file: File, program: Program) -> str:
    """The version that the first of the program's marks tells; empty when none does.

    Raises ``ParseError`` where not all of the file could be searched and nothing was found.
    """
    series = _series(file.name)
    spans = _constants(file)
    for mark in program.marks:
        if "{series}" not in mark or "." in series:
            found = _search(file, spans, ready(mark, series), program.name)
            if found:
                return found
    if sum(size for _, size in spans) > MAX_SEARCH_BYTES:
        why = f"no version of {program.name} in the first {MAX_SEARCH_BYTES} bytes"
        raise ParseError(file.path, why)
    return ""


def _series(name: str) -> str:
    """The number in a file's name: ``3.11`` of ``libpython3.11.so.1.0``, and of ``python311``."""
    number = _NUMBER(name)
    if not number:
        return ""
    series = number[0].strip(".")
    if "." not in series and name.endswith((".dll", ".exe")):
        return f"{series[0]}.{series[1:]}" if series[1:] else series
    return series


def _constants(file: File) -> list[tuple[int, int]]:
    """Offset and size of what holds texts; the whole file where its sections are not known."""
    layout = executable(file)
    sections = layout.sections if layout else ()
    spans = [(span.offset, span.size) for span in sections if span.name in CONSTANTS and span.size]
    return spans or [(0, file.size)]


def _search(file: File, spans: list[tuple[int, int]], mark: Mark, name: str) -> str:
    """The first version that stands in this mark."""
    places = 0
    for data in _chunks(file, spans, mark.span):
        at = data.find(mark.literal)
        while at >= 0:
            start = max(0, at - mark.back)
            found = mark.expression.search(data[start : start + mark.back + mark.span])
            if found:
                return found[1].decode()
            places += 1
            if places > MAX_PLACES:
                raise ParseError(file.path, f"no version of {name} at {MAX_PLACES} likely places")
            at = data.find(mark.literal, at + 1)
    return ""


def _chunks(file: File, spans: list[tuple[int, int]], overlap: int) -> Iterator[bytes]:
    """The spans piece by piece; each holds the last ``overlap`` bytes of the one before."""
    left = MAX_SEARCH_BYTES
    for offset, size in spans:
        end = offset + min(size, left)
        left -= min(size, left)
        for at in range(offset, end, CHUNK_BYTES):
            yield file.read(at, min(CHUNK_BYTES + 2 * overlap, end - at))
