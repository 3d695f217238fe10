"""Dockerfiles as checks see them: stages, and instructions with their lines.

Reference: https://docs.docker.com/reference/dockerfile/
"""

from collections.abc import Iterator, Mapping
from re import compile as regex

from msgspec import DecodeError, Struct, field, json

from hullmark.checks.shell import Command, commands
from hullmark.model import Evidence, File, ParseError
from hullmark.model.container_image import expanded

MAX_BUILD_FILE_BYTES = 1024 * 1024
"""Ours: real ones have some KB."""

WORDS = frozenset(
    (
        *("FROM", "RUN", "CMD", "LABEL", "MAINTAINER", "EXPOSE", "ENV", "ADD", "COPY"),
        *("ENTRYPOINT", "VOLUME", "USER", "WORKDIR", "ARG", "ONBUILD", "STOPSIGNAL"),
        *("HEALTHCHECK", "SHELL"),
    )
)
"""Every instruction that there is."""

_directive = regex(r"#\s*([A-Za-z]+)\s*=\s*(.*?)\s*\Z").match
_heredoc = regex(r"<<(-?)\s*([\"']?)([A-Za-z_][A-Za-z0-9_]*)\2").findall
_flag = regex(r"--([a-z][a-z-]*)(?:=(\S*))?\s*").match
_word = regex(r"(?:[^\s\"'\\]|\\.|\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\"'\\])+").findall


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
        return [*listed] if listed is not None else [_unquoted(each) for each in _word(self.text)]

    @property
    def listed(self) -> "tuple[str, ...] | None":
        """The texts of the JSON form (``["a", "b"]``); ``None`` for the shell's form."""
        return _listed(self.text)

    @property
    def shell(self) -> str:
        """The shell text of a RUN, here-documents included; empty for the JSON form."""
        if self.listed is not None:
            return ""
        return "\n".join((self.text, *self.heredocs))

    @property
    def commands(self) -> tuple[Command, ...]:
        """The simple commands of a RUN; none of another instruction."""
        return commands(self.shell) if self.word == "RUN" else ()

    def flag(self, name: str) -> str:
        """What a flag says, empty where it is not given."""
        return next((value for key, value in self.flags if key == name), "")

    def tell(self, says: str, what: str = "") -> Evidence:
        """What is wrong with this instruction; ``what`` tells several faults of it apart."""
        at = f"{self.word} in line {self.line}"
        return Evidence(at=f"{at} {what}" if what else at, says=says, line=self.line)


class Stage(Struct, kw_only=True):
    """One stage: ``base`` with the arguments that are known, ``written`` as it stands."""

    base: str
    written: str
    name: str
    line: int
    start: Instruction
    instructions: list[Instruction] = field(default_factory=list)

    def of(self, *words: str) -> Iterator[Instruction]:
        """Its instructions of these words, but for triggers."""
        return (each for each in self.instructions if each.word in words and not each.trigger)

    def last(self, word: str) -> Instruction | None:
        """The one that counts where the last one does: CMD, ENTRYPOINT, USER, HEALTHCHECK."""
        return next((each for each in reversed(self.instructions) if each.word == word), None)


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
    text = file.text().removeprefix("\N{BYTE ORDER MARK}")
    directives = _directives(text)
    stages: list[Stage] = []
    before: list[Instruction] = []
    arguments: dict[str, str] = {}
    for each in _instructions(text, directives.get("escape", "\\") or "\\"):
        if each.word not in WORDS:
            word = each.word[:40]
            raise ParseError(file.path, f"line {each.line}: there is no instruction {word!r}")
        if each.word == "FROM":
            stages.append(_stage(each, arguments))
        elif stages:
            stages[-1].instructions.append(each)
        else:
            before.append(each)
            arguments |= _given(each, arguments)
    if not stages:
        return None
    return Build(
        stages=tuple(stages), before=tuple(before), arguments=arguments, directives=directives
    )


def _stage(start: Instruction, arguments: Mapping[str, str]) -> Stage:
    words = start.words
    written = words[0] if words else ""
    named = len(words) > 2 and words[1].upper() == "AS"  # noqa: PLR2004 - FROM image AS name
    return Stage(
        base=expanded(written, arguments),
        written=written,
        name=words[2].lower() if named else "",
        line=start.line,
        start=start,
    )


def _given(argument: Instruction, known: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in argument.words if argument.word == "ARG" else ():
        name, given, value = each.partition("=")
        if given:
            found[name] = expanded(value, {**known, **found})
    return found


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
    """Each instruction with its lines joined; comments between them are left out."""
    lines = iter(enumerate(text.replace("\r\n", "\n").split("\n"), 1))
    parts: list[str] = []
    first = 0
    for number, raw in lines:
        line = raw.strip() if not parts else raw.rstrip()
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        first = first or number
        if line.endswith(escape):
            parts.append(line[: -len(escape)])
            continue
        joined = "".join([*parts, line]) if parts else line
        heredocs = []
        word = joined.split(maxsplit=1)[0].upper()
        if word in ("RUN", "COPY", "ADD"):
            for dash, _, end in _heredoc(joined):
                heredocs.append(_until(lines, end, tabs=bool(dash)))
        yield from _instruction(joined, first, tuple(heredocs))
        parts, first = [], 0
    if parts:
        yield from _instruction("".join(parts), first, ())


def _until(lines: Iterator[tuple[int, str]], end: str, *, tabs: bool) -> str:
    found = []
    for _, line in lines:
        shown = line.lstrip("\t") if tabs else line
        if shown == end:
            break
        found.append(shown)
    return "\n".join(found)


def _instruction(
    text: str, line: int, heredocs: tuple[str, ...], *, trigger: bool = False
) -> Iterator[Instruction]:
    word, *after = text.split(maxsplit=1)
    word, rest = word.upper(), after[0].strip() if after else ""
    if word == "ONBUILD" and not trigger:
        yield Instruction(word=word, text=rest, line=line)
        yield from _instruction(rest, line, heredocs, trigger=True) if rest else ()
        return
    flags = []
    while word not in ("CMD", "ENTRYPOINT", "ENV", "LABEL") and (found := _flag(rest)):
        flags.append((found[1], found[2] or ""))
        rest = rest[found.end() :]
    yield Instruction(
        word=word, text=rest, line=line, flags=tuple(flags), heredocs=heredocs, trigger=trigger
    )


def _listed(text: str) -> tuple[str, ...] | None:
    if not text.startswith("["):
        return None
    try:
        return json.decode(text, type=tuple[str, ...])
    except DecodeError:
        return None


def _unquoted(word: str) -> str:
    if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'":
        return word[1:-1]
    name, sign, value = word.partition("=")
    if sign and len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return f"{name}={value[1:-1]}"
    return word
