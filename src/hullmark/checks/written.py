"""Dockerfiles and scripts as they are written: where in the text each word of a command stands.

Texts have one sign for each byte (latin-1), so that places in them are places in the file. Spaces
are those of ASCII: other bytes that Unicode counts among them are parts of letters.
"""

from collections.abc import Iterable, Iterator
from re import ASCII, DOTALL, IGNORECASE, VERBOSE
from typing import Any

from msgspec import Struct

from hullmark.checks.build_file import Build, unquoted
from hullmark.checks.shell import Command
from hullmark.model.later import regex
from hullmark.model.mending import Edit, Left

NOT_SO = "it is not written in a form that is changed"
IN_COMMENT = "a comment ends the step"
IN_SUDO = "another command of the step needs sudo"
AFTER_END = "its last command ends the shell, so that nothing would run after it"

UNCERTAIN = "whether what it would clean up after runs at all is not known"

_BRANCHES = frozenset(("if", "then", "elif", "else", "case", "for", "while", "until", "do"))

SPACES = " \t\r\n\f\v"

_token = regex(
    r"""
    (?P<operator> && | \|\| | \|& | ;; | [;|()\n] | (?<![<>])&(?!>) )
    | (?P<comment> (?<![^\s;&|()])\#[^\n]* )
    | (?P<word> (?:
        \\. | "(?:[^"\\]|\\.)*" | '[^']*' | [^\s;&|()"'\\] | (?<=[<>])& | &(?=>) | ["'\\]
      )+ )
    """,
    VERBOSE | DOTALL | ASCII,
)
_starter = regex(
    r"[A-Za-z_][A-Za-z0-9_]*\+?=|(?:.*/)?(?:sudo|doas|env|exec|command|time|nice|nohup|eatmydata|"
    r"xargs|if|then|else|elif|do|while|until|!|\{|\}|fi|done)\Z"
).match
_flags = regex(r"(?:\s*--[a-z][a-z-]*(?:=\S*)?(?=\s))*\s*", ASCII).match
_goes_on = regex(r"[ \t]*\\[ \t]*\r?\n").match
_instruction = regex(r"\s*(?:ONBUILD\s+)?([A-Za-z]+)", ASCII | IGNORECASE).match


class Written(Struct, frozen=True):
    """What was judged, and the text of its file."""

    subject: Any
    text: str


class Word(Struct, frozen=True):
    """A word without its quotes, and where it stands with them."""

    text: str
    start: int
    end: int

    def is_bare(self, written: Written) -> bool:
        """Whether it stands there without quotes."""
        return written.text[self.start : self.end] == self.text


class Call(Struct, frozen=True):
    """A simple command: words from its program on, and those before (``sudo``, assignments)."""

    words: tuple[Word, ...]
    before: tuple[Word, ...]
    reads_pipe: bool

    @property
    def program(self) -> str:
        """The program without its folder."""
        return self.words[0].text.rpartition("/")[2] if self.words else ""

    @property
    def command(self) -> Command:
        """The same as checks see it."""
        return Command(
            program=self.program,
            words=tuple(each.text for each in self.words[1:]),
            before=tuple(each.text for each in self.before),
            reads_pipe=self.reads_pipe,
        )

    def word(self, *texts: str) -> Word | None:
        """The first of its words that is one of these."""
        return next((each for each in self.words[1:] if each.text in texts), None)


class Step(Struct, frozen=True):
    """One instruction: where it starts and ends, without the line break behind it.

    ``plain`` is its text with spaces for what joins lines and for comments between them; ``rest``
    is where in the file what follows word and flags begins.
    """

    start: int
    end: int
    plain: str
    rest: int

    @property
    def word(self) -> str:
        """The word of the instruction, as it is written; of a trigger that which it waits with."""
        found = _instruction(self.plain)
        return found[1] if found else ""

    @property
    def is_trigger(self) -> bool:
        """Whether it waits for who builds on the image (ONBUILD)."""
        return self.plain.lstrip(SPACES)[:7].upper() == "ONBUILD"

    @property
    def argument(self) -> str:
        """What follows word and flags."""
        return self.plain[self.rest - self.start :].rstrip(SPACES)

    @property
    def last(self) -> int:
        """Where in the file what it says ends."""
        return self.start + len(self.plain.rstrip(SPACES))

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the argument in a shell's form."""
        return tuple(
            Word(unquoted(each[0]), self.rest + each.start(), self.rest + each.end())
            for each in _token.finditer(self.argument)
            if each["word"] is not None
        )

    @property
    def calls(self) -> tuple[Call, ...]:
        """The commands of a RUN in a shell's form; none of the JSON form."""
        return (
            () if self.argument.startswith(("[", "<<")) else tuple(_calls(self.argument, self.rest))
        )

    def is_certain(self, call: Call) -> bool:
        """Whether one of its commands runs wherever those before it went well."""
        at = call.words[0].start
        before = [each for each in self.calls if each.words and each.words[0].start <= at]
        end = at - self.rest
        tokens = (each["operator"] for each in _token.finditer(self.argument, 0, end))
        return "||" not in tokens and not any(
            word.text in _BRANCHES for each in before for word in (*each.before, *each.words[:1])
        )

    @property
    def has_comment(self) -> bool:
        """Whether the shell reads a comment in it, which would swallow what is added."""
        return any(each["comment"] is not None for each in _token.finditer(self.argument))


def step_at(written: Written, line: int) -> Step:
    """The instruction that a line belongs to; ``ValueError`` where there is none."""
    build = written.subject
    escape = build.directives.get("escape", "\\") if isinstance(build, Build) else "\\"
    if escape != "\\":
        raise ValueError("the file has an escape directive of its own")
    begun_in = line if not isinstance(build, Build) else _beginning(build, line)
    start = _line(written.text, begun_in)
    plain, end = [], start
    at = start
    while at < len(written.text):
        stop = written.text.find("\n", at)
        stop = len(written.text) if stop < 0 else stop
        raw = written.text[at:stop]
        bare = raw.rstrip(SPACES)
        end = at + len(bare)
        if at > start and (not bare or bare.lstrip(SPACES).startswith("#")):
            plain.append(" " * (len(raw) + 1))
        elif bare.endswith("\\") and not bare.endswith("\\\\"):
            plain.append(bare[:-1] + " " * (len(raw) + 2 - len(bare)))
        else:
            plain.append(bare)
            break
        at = stop + 1
    text = "".join(plain)
    begun = _instruction(text)
    if not begun:
        raise ValueError(NOT_SO)
    flags = _flags(text, begun.end())
    rest = flags.end() if flags else begun.end()
    return Step(start, end, text, start + rest)


def _beginning(build: Build, line: int) -> int:
    """The first line of the instruction that a line belongs to."""
    every = (*build.before, *(one for stage in build.stages for one in stage.instructions))
    lines = [*(each.line for each in every), *(stage.line for stage in build.stages)]
    return max((each for each in lines if each <= line), default=line)


def script_calls(written: Written, line: int) -> tuple[Call, ...]:
    """The commands of a script's line, with those that it goes on in."""
    start = _line(written.text, line)
    text = written.text[start:].replace("\\\r\n", "   ").replace("\\\n", "  ")
    for each in _token.finditer(text):
        if each["operator"] == "\n" and text[: each.start()].strip(SPACES):
            text = text[: each.start()]
            break
    return tuple(_calls(text, start))


def _calls(text: str, base: int) -> Iterator[Call]:
    words: list[Word] = []
    piped = False
    for token in _token.finditer(text):
        if token["word"] is not None:
            words.append(Word(unquoted(token["word"]), base + token.start(), base + token.end()))
        elif token["operator"] is not None:
            if words:
                yield _call(words, piped=piped)
                words, piped = [], False
            if token["operator"] in ("|", "|&"):
                piped = True
            elif token["operator"] not in ("(", "\n"):
                piped = False
    if words:
        yield _call(words, piped=piped)


def _call(words: list[Word], *, piped: bool) -> Call:
    at = 0
    while at < len(words) and (_starter(words[at].text) or (at and words[at].text.startswith("-"))):
        at += 1
    return Call(tuple(words[at:]), tuple(words[:at]), piped)


def _line(text: str, number: int) -> int:
    """Where a line begins, counted from 1."""
    at = 0
    for _ in range(number - 1):
        at = text.find("\n", at) + 1
        if not at:
            raise ValueError("its line is not there")
    return at


def or_left(edits: Iterable[Edit], why: str = NOT_SO) -> Iterator[Edit | Left]:
    """The edits, or the reason where there is none."""
    found = list(edits)
    yield from found
    if not found:
        yield Left(why)


def inserted(at: int, text: str) -> Edit:
    """A text put in at a place."""
    return Edit(at, at, text)


def without_word(text: str, word: Word) -> Edit:
    """A word dropped with the spaces before it, or with its line where nothing else is in that."""
    begin = text.rfind("\n", 0, word.start) + 1
    alone = not text[begin : word.start].strip(" \t") and _goes_on(text, word.end)
    if begin and alone:
        return Edit(begin, alone.end(), "")
    start = word.start
    while start and text[start - 1] in " \t":
        start -= 1
    return Edit(start, word.end, "")


def appended(step: Step, command: str) -> Iterator[Edit | Left]:
    """A command that is run after all others of a RUN, where they went well."""
    if not step.calls or step.argument[-1:] in ("", ";", "|", "&", "("):
        yield Left(NOT_SO)
    elif step.has_comment:
        yield Left(IN_COMMENT)
    elif any(each.text in ("sudo", "doas") for call in step.calls for each in call.before):
        yield Left(IN_SUDO)
    elif _ends(step.calls[-1]):
        yield Left(AFTER_END)
    else:
        yield inserted(step.last, f" && {command}")


def _ends(call: Call) -> bool:
    """Whether a shell is at its end with a command."""
    return call.program in ("exit", "return") or any(each.text == "exec" for each in call.before)


def dropped(written: Written, step: Step) -> Edit:
    """A whole instruction with its line break."""
    end = written.text.find("\n", step.end)
    return Edit(step.start, len(written.text) if end < 0 else end + 1, "")
