"""Shell scripts as checks see them: simple commands with their lines."""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.checks.shell import Command, commands
from hullmark.model import Evidence, File, ParseError

MAX_SCRIPT_BYTES = 1024 * 1024
"""Ours: real ones have some KB."""


class Line(Struct, frozen=True):
    """One line of a script, with those that it goes on in: its number, text and commands."""

    number: int
    text: str

    @property
    def commands(self) -> tuple[Command, ...]:
        """Its simple commands."""
        return commands(self.text)

    def tell(self, what: str, says: str) -> Evidence:
        """What is wrong with it; ``what`` tells several faults of one line apart."""
        return Evidence(at=f"line {self.number} {what}".rstrip(), says=says, line=self.number)


class Script(Struct, frozen=True):
    """A whole script."""

    lines: tuple[Line, ...]


def script_file(file: File) -> Script | None:
    """A script; ``None`` for an empty one. Raises ``ParseError`` for one that is too large."""
    if file.size > MAX_SCRIPT_BYTES:
        raise ParseError(file.path, f"more than the {MAX_SCRIPT_BYTES} bytes that are read")
    lines = tuple(_lines(file.text()))
    return Script(lines) if lines else None


def _lines(text: str) -> Iterator[Line]:
    parts: list[str] = []
    first = 0
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        first = first or number
        if line.endswith("\\") and not line.lstrip().startswith("#"):
            parts.append(line[:-1])
            continue
        whole = "".join([*parts, line])
        if whole.strip() and not whole.lstrip().startswith("#"):
            yield Line(first, whole)
        parts, first = [], 0
    if parts:
        yield Line(first, "".join(parts))
