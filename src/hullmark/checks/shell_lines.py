"""Lines of shell scripts as the shell goes on from one to the next, and their here-documents.

Grammar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

MAX_ARITHMETIC_CHARS = 200
"""Of ``((``, in which ``<<`` shifts."""

_sign = regex(r"[\\'\"#()]|\$\(|<<").finditer
_heredoc = regex(r"<<(-?)[ \t]*(?:\\?([A-Za-z_][\w.-]*)|'([^'\n]+)'|\"([^\"\n]+)\")").match

_CLOSES = {"'": "'", '"': '"', "(": ")"}
_OPENS = {"": ("'", '"'), '"': ("$(",), "(": ("'", '"', "(", "$(")}
"""What ends, and what begins, within quotes and within substitutions in them."""


class HereDocument(Struct, frozen=True, kw_only=True):
    """A here-document: where ``<<WORD`` begins and ends in the text, and where its body does.

    ``expands`` says that the shell fills in variables and commands. ``tabs`` are cut off.
    """

    start: int
    end: int
    body: int
    body_end: int
    word: str
    expands: bool
    tabs: bool


class Whole(Struct, frozen=True, kw_only=True):
    """Lines that belong together, from here to there, and the here-documents after them."""

    start: int
    end: int
    heredocs: tuple[HereDocument, ...] = ()


def whole_lines(text: str) -> Iterator[Whole]:
    """Each line of a script with those that it goes on in, empty lines and comments too.

    Lines that end within quotes or in a backslash go on. Where quotes never end, the rest is
    taken line by line: then they were none, or of a grammar that is not known here.
    """
    lines = text.split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    at = 0
    lenient = False
    while at < len(lines):
        start = at
        state = _State()
        while True:
            state.read(lines[at], offsets[at], lenient=lenient)
            at += 1
            if not state.goes_on or at >= len(lines):
                break
        if state.within and not lenient:
            lenient, at = True, start
            continue
        end = offsets[at] - 1
        found = []
        for begins, ends, word, expands, tabs in state.heredocs:
            body = at
            at, last = _after(lines, at, word, tabs=tabs)
            found.append(
                HereDocument(
                    start=begins,
                    end=ends,
                    body=min(offsets[body], len(text)),
                    body_end=max(offsets[body], min(offsets[last] - 1, len(text))),
                    word=word,
                    expands=expands,
                    tabs=tabs,
                )
            )
        yield Whole(start=offsets[start], end=end, heredocs=tuple(found))


class _State:
    """Where the reading of a line and those that it goes on in has come to."""

    __slots__ = ("escaped", "heredocs", "within")

    def __init__(self) -> None:
        self.within: list[str] = []
        self.escaped = False
        self.heredocs: list[tuple[int, int, str, bool, bool]] = []

    @property
    def goes_on(self) -> bool:
        """Whether the next line belongs to this one."""
        return self.escaped or bool(self.within)

    def read(self, line: str, offset: int, *, lenient: bool) -> None:
        """Take the next line: follow quotes, brackets and here-documents up to a comment."""
        self.escaped = False
        skip = 0
        for match in _sign(line):
            at, sign = match.start(), match[0]
            if at < skip:
                continue
            if sign == "#" and self._begins_comment(line, at):
                break
            skip = self._take(sign, line, at, offset)
        if lenient:
            self.within.clear()

    def _take(self, sign: str, line: str, at: int, offset: int) -> int:
        """One sign; answers where reading goes on."""
        inner = self.within[-1] if self.within else ""
        if inner == "'" and sign != "'":
            return at + 1
        if sign == "\\":
            self.escaped = at + 1 == len(line)
            return at + 2
        if sign == "<<":
            return at + 1 if inner == '"' else self._heredoc(line, at, offset)
        if sign == _CLOSES.get(inner):
            self.within.pop()
        elif sign in _OPENS.get(inner, ()):
            self.within.append(sign[-1])
        return at + len(sign)

    def _begins_comment(self, line: str, at: int) -> bool:
        quoted = self.within[-1:] in (["'"], ['"'])
        return not quoted and (at == 0 or line[at - 1] in " \t;&|()")

    def _heredoc(self, line: str, at: int, offset: int) -> int:
        """Note a here-document; answers where reading goes on."""
        if line[at + 2 : at + 3] == "<":
            return at + 3
        found = _heredoc(line, at)
        before = line[max(0, at - MAX_ARITHMETIC_CHARS) : at]
        if found is None or before.rfind("((") > before.rfind("))"):
            return at + 2
        expands = bool(found[2]) and "\\" not in found[0]
        word = found[2] or found[3] or found[4]
        self.heredocs.append((offset + at, offset + found.end(), word, expands, bool(found[1])))
        return found.end()


def _after(lines: list[str], at: int, end: str, *, tabs: bool) -> tuple[int, int]:
    """The numbers of the line after a here-document, and of that after its body."""
    while at < len(lines):
        line = lines[at].lstrip("\t") if tabs else lines[at]
        at += 1
        if line == end:
            return at, at - 1
    return at, at
