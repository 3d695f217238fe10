"""Shell scripts as checks see them: simple commands with their lines.

Grammar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from hullmark.checks.shell import Command, all_commands, is_option
from hullmark.model import Evidence, File, ParseError
from hullmark.model.later import regex

MAX_SCRIPT_BYTES = 1024 * 1024
"""Ours: real ones have some KB."""

_entry_point = regex(
    r"(?:.*[._-])?(?:docker[._-]?)?entry[._-]?point(?:[._-].*)?\Z"
    r"|(?:docker|container)?[._-]?start(?:[._-](?:up|server|container|docker))?(?:\.\w+)?\Z"
).match

Judge = Callable[[Command], str]
"""What is wrong with a command, empty where nothing is."""


class Line(Struct, frozen=True):
    """One line of a script, with those that it goes on in: its number, text and commands.

    After its commands come those of scripts that it hands to a shell. Without ``exact`` nobody
    knows in which of its lines each command stands.
    """

    number: int
    text: str
    commands: tuple[Command, ...]
    exact: bool = True

    def tell(self, what: str, says: str, command: Command | None = None) -> Evidence:
        """What is wrong with it; ``what`` tells several faults of one line apart.

        The command may be one of a function that the line calls, in another line.
        """
        further = command.line - self.commands[0].first if command and self.exact else 0
        at = f"line {self.number} {what}".rstrip()
        return Evidence(at=at, says=says, line=self.number + further)

    def every(self, judge: Judge) -> Iterator[Evidence]:
        """What is wrong with its commands, one by one."""
        for number, command in enumerate(self.commands, 1):
            says = judge(command)
            if says:
                yield self.tell(f"command {number}", says, command)


class Script(Struct, frozen=True):
    """A whole script, and the path of its file; what here-documents hold is no line of it."""

    lines: tuple[Line, ...]
    path: str = ""
    first: str = ""

    @property
    def is_entry_point(self) -> bool:
        """Whether its name says that a container starts with it."""
        return is_entry_point(self.path)

    @property
    def commands(self) -> Iterator[Command]:
        """All simple commands, in order."""
        for line in self.lines:
            yield from line.commands

    def every(self, judge: Judge) -> Iterator[Evidence]:
        """What is wrong with its commands, one by one."""
        for line in self.lines:
            yield from line.every(judge)

    def sets(self, letter: str, name: str) -> bool:
        """Whether it sets an option of the shell by letter (``set -e``) or ``-o name``."""
        words = self.first.split() if self.first.startswith("#!") else []
        if any(is_option(each, letter) for each in words[1:]):
            return True
        return any(
            any(is_option(each, letter) for each in command.words)
            or (command.has("-o", "-eo", "-uo", "-euo") and name in command.words)
            for command in self.commands
            if command.program == "set"
        )


def is_entry_point(path: str) -> bool:
    """Whether the name of a script says that a container starts with it."""
    return _entry_point(path.rpartition("/")[2].lower()) is not None


def script_file(file: File) -> Script | None:
    """A script; ``None`` for an empty one. Raises ``ParseError`` for one that is too large."""
    if file.size > MAX_SCRIPT_BYTES:
        raise ParseError(file.path, f"more than the {MAX_SCRIPT_BYTES} bytes that are read")
    text = file.text()
    lines = tuple(script_lines(text))
    return Script(lines, file.path, text.partition("\n")[0]) if lines else None


def script_lines(text: str, first: int = 1) -> Iterator[Line]:
    """The lines with commands of a script that begins in this line of its file."""
    text = text.replace("\r\n", "\n")
    found: dict[int, list[Command]] = {}
    for each in all_commands(text):
        found.setdefault(each.first, []).append(each)
    lines = text.split("\n") if found else []
    for row in sorted(found):
        commands = tuple(found[row])
        last = max(each.last for each in commands)
        yield Line(first + row, "\n".join(lines[row : last + 1]), commands)
