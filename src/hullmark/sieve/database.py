"""One Hyperscan database over everything that bytes are searched for, compiled once.

Reference: https://intel.github.io/hyperscan/dev-reference/
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress

import hyperscan
import msgspec
from msgspec import Struct

from hullmark.sieve.kept import fetch, keep

SEAM_BYTES = 512
"""Bytes on either side of the place where two chunks meet that are searched once more."""


class Sought(Struct, frozen=True, kw_only=True, array_like=True):
    """One expression: RE2's syntax as far as Hyperscan shares it, or plain text."""

    expression: bytes
    plain: bool = False
    any_case: bool = False


Found = Callable[[int, int, int, int, object], None]
"""Told of a match: number of the expression, 0, where it ends, flags, nothing."""


class Database:
    """Expressions by number. One of it serves a process and those that it forks."""

    def __init__(self, compiled: hyperscan.Database | None) -> None:
        self._compiled = compiled
        self._scan = compiled.scan if compiled else None

    def hits(self, data: bytes | bytearray | memoryview, found: Found) -> None:
        """Tell ``found`` of every match in one block.

        Raises ``hyperscan.error`` when the block cannot be searched.
        """
        if self._scan:
            self._scan(data, match_event_handler=found)  # type: ignore[type-var]  # any buffer will do


class Both:
    """Two databases as one; numbers of the second go on where those of the first end."""

    def __init__(self, first: "Database | Both", second: "Database | Both", size: int) -> None:
        self._first = first
        self._second = second
        self._size = size

    def hits(self, data: bytes | bytearray | memoryview, found: Found) -> None:
        """Tell ``found`` of every match of either in one block."""

        def of_second(number: int, start: int, end: int, flags: int, context: object) -> None:
            found(self._size + number, start, end, flags, context)

        self._first.hits(data, found)
        self._second.hits(data, of_second)


def database(sought: Sequence[Sought], folder: str) -> Database:
    """The database over these, from the cache folder where the same was compiled before.

    A cached one that Hyperscan refuses is compiled anew.
    """
    if not sought:
        return Database(None)
    name = f"patterns-{_mark(sought)}"
    stored = fetch(folder, name)
    if stored is not None:
        with suppress(hyperscan.error):
            return Database(_ready(hyperscan.loadb(stored, mode=hyperscan.HS_MODE_BLOCK)))
    compiled = _compiled(sought)
    keep(folder, name, hyperscan.dumpb(compiled))
    return Database(_ready(compiled))


def _ready(compiled: hyperscan.Database) -> hyperscan.Database:
    compiled.scratch = hyperscan.Scratch(compiled)
    return compiled


def _compiled(sought: Sequence[Sought]) -> hyperscan.Database:
    """All expressions together: what Hyperscan cannot say exactly it searches for too widely.

    Plain texts alone are compiled as such, in a tenth of the time; one with a NUL byte would be
    cut there.
    """
    if sought and all(each.plain and b"\0" not in each.expression for each in sought):
        return _compiled_plain(sought)
    flags = []
    for each in sought:
        flag = hyperscan.HS_FLAG_DOTALL
        if not each.plain:
            flag |= hyperscan.HS_FLAG_PREFILTER
        if each.any_case:
            flag |= hyperscan.HS_FLAG_CASELESS
        flags.append(flag)
    compiled = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    compiled.compile(
        expressions=[
            _quoted(each.expression) if each.plain else each.expression for each in sought
        ],
        ids=list(range(len(sought))),
        elements=len(sought),
        flags=flags,
    )
    return compiled


def _compiled_plain(sought: Sequence[Sought]) -> hyperscan.Database:
    compiled = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    compiled.compile(
        expressions=[each.expression for each in sought],
        ids=list(range(len(sought))),
        elements=len(sought),
        flags=[hyperscan.HS_FLAG_CASELESS if each.any_case else 0 for each in sought],
        literal=True,
    )
    return compiled


def _quoted(text: bytes) -> bytes:
    """Plain text as an expression."""
    return b"".join(b"\\x%02x" % each for each in text)


def _mark(sought: Sequence[Sought]) -> str:
    """What a compiled database depends on: expressions, library, processor."""
    version = f"{hyperscan.__version__} {_processor()}"  # type: ignore[attr-defined]  # it has one
    return hashlib.sha256(msgspec.msgpack.encode([version, *sought])).hexdigest()[:32]


def _processor() -> str:
    """Instruction sets, of which Hyperscan uses the widest."""
    try:
        with open("/proc/cpuinfo", "rb") as file:
            for line in file:
                if line.startswith((b"flags", b"Features")):
                    return hashlib.sha256(line).hexdigest()[:16]
    except OSError:
        return ""
    return ""
