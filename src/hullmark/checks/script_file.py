"""Shell scripts as checks see them: simple commands with their lines.

Grammar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from re import compile as regex

from msgspec import Struct

from hullmark.checks.shell import Command, all_commands, is_option, reads_script
from hullmark.model import Evidence, File, ParseError

MAX_SCRIPT_BYTES = 1024 * 1024
"""Ours: real ones have some KB."""

MAX_NESTED = 2
"""Scripts in here-documents of scripts that are looked into."""

MAX_ARITHMETIC_CHARS = 200
"""Of ``((``, in which ``<<`` shifts."""

_sign = regex(r"[\\'\"#()]|\$\(|<<").finditer
_heredoc = regex(r"<<(-?)[ \t]*(?:\\?([A-Za-z_][\w.-]*)|'([^'\n]+)'|\"([^\"\n]+)\")").match
_entry_point = regex(
    r"(?:.*[._-])?(?:docker[._-]?)?entry[._-]?point(?:[._-].*)?\Z"
    r"|(?:docker|container)?[._-]?start(?:[._-](?:up|server|container|docker))?(?:\.\w+)?\Z"
).match

_CLOSES = {"'": "'", '"': '"', "(": ")"}
_OPENS = {"": ("'", '"'), '"': ("$(",), "(": ("'", '"', "(", "$(")}
"""What ends, and what begins, within quotes and within substitutions in them."""

Judge = Callable[[Command], str]
"""What is wrong with a command, empty where nothing is."""


class Line(Struct, frozen=True, dict=True):
    """One line of a script, with those that it goes on in: its number, text and commands."""

    number: int
    text: str

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """Its simple commands, and after them those of scripts that it hands to a shell."""
        return all_commands(self.text)

    def tell(self, what: str, says: str) -> Evidence:
        """What is wrong with it; ``what`` tells several faults of one line apart."""
        return Evidence(at=f"line {self.number} {what}".rstrip(), says=says, line=self.number)

    def every(self, judge: Judge) -> Iterator[Evidence]:
        """What is wrong with its commands, one by one."""
        for number, command in enumerate(self.commands, 1):
            says = judge(command)
            if says:
                yield self.tell(f"command {number}", says)


class Script(Struct, frozen=True):
    """A whole script, and the path of its file; what here-documents hold is no line of it."""

    lines: tuple[Line, ...]
    path: str = ""
    first: str = ""

    @property
    def is_entry_point(self) -> bool:
        """Whether its name says that a container starts with it."""
        return _entry_point(self.path.rpartition("/")[2].lower()) is not None

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


def script_file(file: File) -> Script | None:
    """A script; ``None`` for an empty one. Raises ``ParseError`` for one that is too large."""
    if file.size > MAX_SCRIPT_BYTES:
        raise ParseError(file.path, f"more than the {MAX_SCRIPT_BYTES} bytes that are read")
    text = file.text()
    lines = tuple(script_lines(text))
    return Script(lines, file.path, text.partition("\n")[0]) if lines else None


def script_lines(text: str, first: int = 1, nested: int = 0) -> Iterator[Line]:
    """The lines of a script that begins in this line of its file.

    Lines that end within quotes or in a backslash go on. Where quotes never end, the rest is
    taken line by line: then they were none, or of a grammar that is not known here.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    at = 0
    lenient = False
    while at < len(lines):
        start = at
        state = _State()
        while True:
            state.read(lines[at], lenient=lenient)
            at += 1
            if not state.goes_on or at >= len(lines):
                break
        if state.within and not lenient:
            lenient, at = True, start
            continue
        whole = "\n".join(state.parts)
        if whole.strip():
            line = Line(first + start, whole)
            yield line
        for end, tabs in state.heredocs:
            body_at = at
            at = _after(lines, at, end, tabs=tabs)
            if nested < MAX_NESTED and reads_script(whole):
                body = "\n".join(lines[body_at : at - 1])
                yield from script_lines(body, first + body_at, nested + 1)


class _State:
    """Where the reading of a line and those that it goes on in has come to."""

    __slots__ = ("escaped", "heredocs", "parts", "within")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.within: list[str] = []
        self.escaped = False
        self.heredocs: list[tuple[str, bool]] = []

    @property
    def goes_on(self) -> bool:
        """Whether the next line belongs to this one."""
        return self.escaped or bool(self.within)

    def read(self, line: str, *, lenient: bool) -> None:
        """Take the next line."""
        joins, self.escaped = self.escaped, False
        text = line[: self._scan(line)]
        if lenient:
            self.within.clear()
        if self.escaped:
            text = text[:-1]
        if joins and self.parts:
            self.parts[-1] += text
        else:
            self.parts.append(text)

    def _scan(self, line: str) -> int:
        """Follow quotes, brackets and here-documents; answers where a comment begins."""
        skip = 0
        for match in _sign(line):
            at, sign = match.start(), match[0]
            if at < skip:
                continue
            if sign == "#" and self._begins_comment(line, at):
                return at
            skip = self._take(sign, line, at)
        return len(line)

    def _take(self, sign: str, line: str, at: int) -> int:
        """One sign; answers where reading goes on."""
        inner = self.within[-1] if self.within else ""
        if inner == "'" and sign != "'":
            return at + 1
        if sign == "\\":
            self.escaped = at + 1 == len(line)
            return at + 2
        if sign == "<<":
            return at + 1 if inner == '"' else self._heredoc(line, at)
        if sign == _CLOSES.get(inner):
            self.within.pop()
        elif sign in _OPENS.get(inner, ()):
            self.within.append(sign[-1])
        return at + len(sign)

    def _begins_comment(self, line: str, at: int) -> bool:
        quoted = self.within[-1:] in (["'"], ['"'])
        return not quoted and (at == 0 or line[at - 1] in " \t;&|()")

    def _heredoc(self, line: str, at: int) -> int:
        """Note a here-document; answers where reading goes on."""
        if line[at + 2 : at + 3] == "<":
            return at + 3
        found = _heredoc(line, at)
        before = line[max(0, at - MAX_ARITHMETIC_CHARS) : at]
        if found is None or before.rfind("((") > before.rfind("))"):
            return at + 2
        self.heredocs.append((found[2] or found[3] or found[4], bool(found[1])))
        return found.end()


def _after(lines: list[str], at: int, end: str, *, tabs: bool) -> int:
    """The number of the line after a here-document."""
    while at < len(lines):
        line = lines[at].lstrip("\t") if tabs else lines[at]
        at += 1
        if line == end:
            break
    return at
