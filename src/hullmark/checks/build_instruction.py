"""Instructions of Dockerfiles, with their words, commands and lines.

Reference: https://docs.docker.com/reference/dockerfile/
"""

from collections.abc import Iterator
from functools import cached_property
from re import Match
from re import compile as regex

from msgspec import DecodeError, Struct, json

from hullmark.checks.shell import Command, all_commands, reads_script, started
from hullmark.model import Evidence

STARTING = ("RUN", "CMD", "ENTRYPOINT")
"""Instructions that hold a command, in the form of a shell or of JSON."""

SHELLS = frozenset(("sh", "bash", "ash", "dash", "zsh", "ksh"))

in_words = regex(r"(?:[^\s\"'\\]|\\.|\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\"'\\])+").findall
heredoc = regex(r"\d*<<(-?)([\"']?)([A-Za-z_][\w.-]*)\2").match
"""The beginning of a here-document: ``-``, its quotes and its last word."""

_quoted = regex(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|\\([\"' \\])").sub
_escaped = regex(r"\\([\"\\])").sub
_interpreter = regex(r"#!\s*(?:/usr/bin/env\s+(?:-S\s+)?)?(\S+)").match


class Instruction(Struct, frozen=True, kw_only=True, dict=True):
    """One instruction: ``text`` is what follows word and flags, lines joined; ``line`` its first.

    ``flags`` keep what is given several times (``--mount``); ``heredocs`` hold the texts of
    here-documents, ``ends`` their last words, and ``trigger`` says that it waits in an ONBUILD.
    ``parts`` say where in the text each of its lines begins: place and line, and ``bodies`` in
    which lines the here-documents begin.
    """

    word: str
    text: str
    line: int
    flags: tuple[tuple[str, str], ...] = ()
    heredocs: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    bodies: tuple[int, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()
    trigger: bool = False

    @property
    def words(self) -> list[str]:
        """The text in words, without the quotes around them; of the JSON form its texts."""
        listed = self.listed
        return [*listed] if listed is not None else [unquoted(each) for each in in_words(self.text)]

    @property
    def listed(self) -> "tuple[str, ...] | None":
        """The texts of the JSON form (``["a", "b"]``); ``None`` for the shell's form."""
        return _listed(self.text)

    @property
    def shell(self) -> str:
        """The shell text of a RUN with the here-documents that a shell reads.

        Empty for the JSON form, and where a here-document names an interpreter of another language.
        """
        if self.listed is not None:
            return ""
        if not self.heredocs:
            return self.text
        words = self.text.split()
        if all(map(heredoc, words)):
            return self.heredocs[0] if is_of_shell(self.heredocs[0]) else ""
        if words[0].rpartition("/")[2] in SHELLS or reads_script(self.text):
            return "\n".join((self.text, *self.heredocs))
        return self.text

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """What ENV, LABEL or ARG set; an ARG without a default sets nothing.

        The old form of ENV and LABEL has a name and one value.
        """
        if self.word not in ("ENV", "LABEL", "ARG"):
            return
        first, _, rest = self.text.replace("\t", " ").partition(" ")
        if self.word != "ARG" and "=" not in first and not first.startswith(("'", '"')):
            if rest.strip():
                yield first, unquoted(rest.strip())
            return
        for each in self.words:
            name, sign, value = each.partition("=")
            if sign:
                yield name, value

    @property
    def script(self) -> str:
        """What a shell reads of a RUN, a CMD, an ENTRYPOINT, a HEALTHCHECK in the shell's form.

        Here-documents follow as they do in a script. Empty where no shell is asked.
        """
        if self.word == "HEALTHCHECK":
            word, _, command = self.text.partition(" ")
            return command.strip() if word.upper() == "CMD" else ""
        if self.word not in STARTING or self.listed is not None:
            return ""
        if not self.heredocs or self.is_script_alone:
            return self.shell
        pairs = zip(self.heredocs, self.ends, strict=True)
        return "\n".join((self.text, *(part for pair in pairs for part in pair)))

    @property
    def is_script_alone(self) -> bool:
        """Whether it is here-documents and nothing else, of which the first is a script."""
        return bool(self.heredocs) and all(map(heredoc, self.text.split()))

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """The simple commands of a RUN, CMD, ENTRYPOINT or HEALTHCHECK.

        After them come those of scripts that they hand to a shell. None of another instruction.
        """
        if self.word == "HEALTHCHECK":
            word, _, command = self.text.partition(" ")
            listed = _listed(command.strip()) if word.upper() == "CMD" else None
        elif self.word in STARTING:
            listed = self.listed
        else:
            return ()
        return started(listed) if listed is not None else all_commands(self.script)

    def line_of(self, command: Command) -> int:
        """The line in which one of its commands begins."""
        if self.is_script_alone:
            return self.bodies[0] + command.line
        row = command.line
        for body, line in zip(self.heredocs, self.bodies, strict=True):
            count = body.count("\n") + 2
            if row < 1:
                break
            if row <= count:
                return line + row - 1
            row -= count
        at = command.column
        if self.word == "HEALTHCHECK":
            at += len(self.text) - len(self.script)
        return next((line for place, line in reversed(self.parts) if place <= at), self.line)

    def flag(self, name: str) -> str:
        """What a flag says, empty where it is not given."""
        return next((value for key, value in self.flags if key == name), "")

    def tell(self, says: str, what: str = "", command: Command | None = None) -> Evidence:
        """What is wrong with this instruction; ``what`` tells several faults of it apart."""
        at = f"{self.word} in line {self.line}"
        line = self.line if command is None else self.line_of(command)
        return Evidence(at=f"{at} {what}" if what else at, says=says, line=line)


def _listed(text: str) -> tuple[str, ...] | None:
    if not text.startswith("["):
        return None
    try:
        return json.decode(text, type=tuple[str, ...])
    except DecodeError:
        return None


def is_of_shell(text: str) -> bool:
    """Whether a script is one of a shell: it names one as its interpreter, or none."""
    interpreter = _interpreter(text)
    return not interpreter or interpreter[1].rpartition("/")[2] in SHELLS


def unquoted(word: str) -> str:
    """A word without its quotes and the backslashes that keep quotes and spaces."""
    if not any(sign in word for sign in "\"'\\"):
        return word
    return _quoted(_bare, word)


def _bare(match: Match[str]) -> str:
    return _escaped(r"\1", match[1] or "") + (match[2] or match[3] or "")
