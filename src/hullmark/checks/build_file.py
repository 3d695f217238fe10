"""Dockerfiles as checks see them: stages, and instructions with their lines.

Reference: https://docs.docker.com/reference/dockerfile/
"""

from collections.abc import Iterator, Mapping
from re import Match
from re import compile as regex
from re import escape as literally
from shlex import join

from msgspec import DecodeError, Struct, field, json
from msgspec.structs import replace

from hullmark.checks.build_values import substituted
from hullmark.checks.shell import Command, all_commands, reads_script
from hullmark.model import Evidence, File, ParseError
from hullmark.model.container_image import expanded

MAX_BUILD_FILE_BYTES = 1024 * 1024
"""Ours: real ones have some KB."""

MAX_VALUES = 1000
"""Ours, of variables in one stage that are known; those after them stay as they are written."""

WORDS = frozenset(
    (
        *("FROM", "RUN", "CMD", "LABEL", "MAINTAINER", "EXPOSE", "ENV", "ADD", "COPY"),
        *("ENTRYPOINT", "VOLUME", "USER", "WORKDIR", "ARG", "ONBUILD", "STOPSIGNAL"),
        *("HEALTHCHECK", "SHELL"),
    )
)
"""Every instruction that there is."""

WITH_HEREDOCS = ("RUN", "COPY", "ADD")
"""Instructions that may bring here-documents."""

NEVER_TRIGGERED = ("FROM", "ONBUILD", "MAINTAINER")
"""Instructions that no ONBUILD may hold."""

SHELLS = frozenset(("sh", "bash", "ash", "dash", "zsh", "ksh"))

_directive = regex(r"#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*?)\s*\Z").match
_heredoc = regex(r"\d*<<(-?)([\"']?)([A-Za-z_][\w.-]*)\2").match
_flag = regex(r"--([a-z][a-z-]*)(?:=((?:[^\s\"]|\"[^\"]*\")*))?(?:\s+|\Z)").match
_word = regex(r"(?:[^\s\"'\\]|\\.|\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\"'\\])+").findall
_quoted = regex(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|\\([\"' \\])").sub
_escaped = regex(r"\\([\"\\])").sub
_interpreter = regex(r"#!\s*(?:/usr/bin/env\s+(?:-S\s+)?)?(\S+)").match


class Instruction(Struct, frozen=True, kw_only=True):
    """One instruction: ``text`` is what follows word and flags, lines joined; ``line`` its first.

    ``flags`` keep what is given several times (``--mount``); ``heredocs`` hold the texts of
    here-documents, and ``trigger`` says that it waits in an ONBUILD.
    """

    word: str
    text: str
    line: int
    flags: tuple[tuple[str, str], ...] = ()
    heredocs: tuple[str, ...] = ()
    trigger: bool = False

    @property
    def words(self) -> list[str]:
        """The text in words, without the quotes around them; of the JSON form its texts."""
        listed = self.listed
        return [*listed] if listed is not None else [unquoted(each) for each in _word(self.text)]

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
        if all(map(_heredoc, words)):
            interpreter = _interpreter(self.heredocs[0])
            is_shell = not interpreter or interpreter[1].rpartition("/")[2] in SHELLS
            return self.heredocs[0] if is_shell else ""
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
    def commands(self) -> tuple[Command, ...]:
        """The simple commands of a RUN, and after them those of scripts that it hands to a shell.

        None of another instruction.
        """
        return all_commands(self.shell or join(self.listed or ())) if self.word == "RUN" else ()

    def flag(self, name: str) -> str:
        """What a flag says, empty where it is not given."""
        return next((value for key, value in self.flags if key == name), "")

    def tell(self, says: str, what: str = "") -> Evidence:
        """What is wrong with this instruction; ``what`` tells several faults of it apart."""
        at = f"{self.word} in line {self.line}"
        return Evidence(at=f"{at} {what}" if what else at, says=says, line=self.line)


class Stage(Struct, kw_only=True):
    """One stage: ``base`` with the arguments that are known, ``written`` as it stands.

    ``variables`` are those of its ENV, and of the stage that it is built on; ``values`` know its
    ARG too.
    """

    base: str
    written: str
    name: str
    line: int
    start: Instruction
    instructions: list[Instruction] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def expanded(self, text: str) -> str:
        """A text with the stage's variables filled in, as far as they are known."""
        return substituted(text, self.values)

    def of(self, *words: str) -> Iterator[Instruction]:
        """Its instructions of these words, but for triggers."""
        return (each for each in self.instructions if each.word in words and not each.trigger)

    def last(self, word: str) -> Instruction | None:
        """The one that counts where the last one does: CMD, ENTRYPOINT, USER, HEALTHCHECK."""
        listed = reversed(self.instructions)
        return next((each for each in listed if each.word == word and not each.trigger), None)


class Build(Struct, frozen=True, kw_only=True):
    """A whole Dockerfile. ``arguments`` are those before the first stage, with their defaults."""

    stages: tuple[Stage, ...]
    before: tuple[Instruction, ...]
    arguments: Mapping[str, str]
    directives: Mapping[str, str]

    @property
    def final(self) -> Stage:
        """The stage that is built where nobody names another."""
        return self.stages[-1]

    @property
    def names(self) -> dict[str, Stage]:
        """Stages by name, in lower case, and by number."""
        named = {each.name: each for each in self.stages if each.name}
        return named | {str(number): each for number, each in enumerate(self.stages)}

    def external(self) -> Iterator[Stage]:
        """Stages that start from an image of somebody's, not from a stage or from nothing."""
        known = {"scratch", ""}
        for each in self.stages:
            if each.base.lower() not in known:
                yield each
            known |= {each.name}

    def every(self, *words: str) -> Iterator[Instruction]:
        """Instructions of these words in all stages."""
        for stage in self.stages:
            yield from stage.of(*words)


def build_file(file: File) -> Build | None:
    """A Dockerfile; ``None`` where there is no stage in it. ``ParseError`` names the line."""
    if file.size > MAX_BUILD_FILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_BUILD_FILE_BYTES} bytes that are read")
    text = file.text().removeprefix("\N{BYTE ORDER MARK}").replace("\r\n", "\n")
    directives = _directives(text)
    escape = directives.get("escape", "\\")
    if escape not in ("\\", "`"):
        raise ParseError(file.path, "the escape directive names neither a backslash nor a backtick")
    stages: list[Stage] = []
    before: list[Instruction] = []
    arguments: dict[str, str] = {}
    named: dict[str, Stage] = {}
    try:
        for each in _instructions(text, escape):
            if each.word == "FROM":
                stages.append(_stage(each, arguments, named))
                named[stages[-1].name] = stages[-1]
            elif stages:
                stages[-1].instructions.append(each)
                _learn(stages[-1], each, arguments)
            else:
                before.append(each)
                if each.word == "ARG":
                    arguments |= {name: expanded(value, arguments) for name, value in each.pairs}
    except ValueError as error:
        raise ParseError(file.path, str(error)) from error
    if not stages:
        return None
    return Build(
        stages=tuple(stages), before=tuple(before), arguments=arguments, directives=directives
    )


def _stage(start: Instruction, arguments: Mapping[str, str], named: Mapping[str, Stage]) -> Stage:
    words = start.words
    written = words[0] if words else ""
    has_name = len(words) > 2 and words[1].upper() == "AS"  # noqa: PLR2004 - FROM image AS name
    base = expanded(written, arguments)
    below = named.get(base.lower()) if base else None
    return Stage(
        base=base,
        written=written,
        name=words[2].lower() if has_name else "",
        line=start.line,
        start=start,
        variables=dict(below.variables) if below else {},
        values=dict(below.variables) if below else {},
    )


def _learn(stage: Stage, each: Instruction, arguments: Mapping[str, str]) -> None:
    """Put what an ARG or ENV sets among the values of its stage."""
    if each.trigger or each.word not in ("ARG", "ENV") or len(stage.values) > MAX_VALUES:
        return
    found = {name: substituted(value, stage.values) for name, value in each.pairs}
    stage.values |= found
    if each.word == "ENV":
        stage.variables |= found
        return
    for name in each.words:
        if name in arguments:
            stage.values.setdefault(name, arguments[name])


def _directives(text: str) -> dict[str, str]:
    """What comments at the very top ask of the parser."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        match = _directive(line.strip())
        if not match or match[1].lower() not in ("syntax", "escape", "check"):
            return found
        found.setdefault(match[1].lower(), match[2])
    return found


def _instructions(text: str, escape: str) -> Iterator[Instruction]:
    """Each instruction with its lines joined; comments and empty lines in it are left out."""
    continues = regex(rf"(?<!{literally(escape)}){literally(escape)}[ \t]*\Z").search
    lines = iter(enumerate(text.split("\n"), 1))
    parts: list[str] = []
    first = 0
    for number, raw in lines:
        line = raw.lstrip() if not parts else raw
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        first = first or number
        more = continues(line)
        parts.append(line[: more.start()] if more else line)
        if not more:
            yield from _whole("".join(parts), first, lines)
            parts, first = [], 0
    if parts:
        yield from _whole("".join(parts), first, lines)


def _whole(text: str, line: int, lines: Iterator[tuple[int, str]]) -> Iterator[Instruction]:
    """An instruction of joined lines, and with ONBUILD the one that waits in it."""
    if not text.strip():
        return
    each = _instruction(text, line)
    bearer = _instruction(each.text, line) if each.word == "ONBUILD" and each.text else each
    if each.word == "ONBUILD" and (not each.text or bearer.word in NEVER_TRIGGERED):
        raise ValueError(f"line {line}: ONBUILD holds no instruction that may wait")
    if bearer.word in WITH_HEREDOCS and bearer.listed is None:
        found = tuple(
            _until(lines, match[3], line, tabs=bool(match[1]))
            for match in filter(None, map(_heredoc, _word(bearer.text)))
        )
        bearer = replace(bearer, heredocs=found)
    if each.word != "ONBUILD":
        yield bearer
        return
    yield each
    yield replace(bearer, trigger=True)


def _until(lines: Iterator[tuple[int, str]], end: str, begun: int, *, tabs: bool) -> str:
    found: list[str] = []
    for _, line in lines:
        shown = line.lstrip("\t") if tabs else line
        if shown == end:
            return "\n".join(found)
        found.append(shown)
    raise ValueError(f"line {begun}: the here-document {end[:40]!r} has no end")


def _instruction(text: str, line: int) -> Instruction:
    word, *after = text.split(maxsplit=1)
    word, rest = word.upper(), after[0].strip() if after else ""
    if word not in WORDS:
        raise ValueError(f"line {line}: there is no instruction {word[:40]!r}")
    flags = []
    at = 0
    while word not in ("CMD", "ENTRYPOINT", "ENV", "LABEL") and (found := _flag(rest, at)):
        flags.append((found[1], (found[2] or "").replace('"', "")))
        at = found.end()
    return Instruction(word=word, text=rest[at:], line=line, flags=tuple(flags))


def _listed(text: str) -> tuple[str, ...] | None:
    if not text.startswith("["):
        return None
    try:
        return json.decode(text, type=tuple[str, ...])
    except DecodeError:
        return None


def unquoted(word: str) -> str:
    """A word without its quotes and the backslashes that keep quotes and spaces."""
    if not any(sign in word for sign in "\"'\\"):
        return word
    return _quoted(_bare, word)


def _bare(match: Match[str]) -> str:
    return _escaped(r"\1", match[1] or "") + (match[2] or match[3] or "")
