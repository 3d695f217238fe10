"""Dockerfiles as checks see them: stages, and instructions with their lines.

Reference: https://docs.docker.com/reference/dockerfile/
"""

from collections.abc import Iterator, Mapping
from re import compile as regex

from msgspec import Struct, field

from hullmark.checks.build_instruction import Instruction, unquoted
from hullmark.checks.build_lines import instructions
from hullmark.checks.build_values import substituted
from hullmark.model import File, ParseError
from hullmark.model.container_image import expanded

__all__ = ["Build", "Instruction", "Stage", "build_file", "unquoted"]

MAX_BUILD_FILE_BYTES = 1024 * 1024
"""Ours: real ones have some KB."""

MAX_VALUES = 1000
"""Ours, of variables in one stage that are known; those after them stay as they are written."""

WINDOWS = (
    *("mcr.microsoft.com/windows", "mcr.microsoft.com/dotnet/framework", "microsoft/windows"),
    *("microsoft/nanoserver", "mcr.microsoft.com/nanoserver"),
)
"""What names of base images of Windows begin with."""

TRIGGERED = ("RUN", "COPY", "ADD")
"""Instructions whose faults a trigger (ONBUILD) brings into the images that are built on this."""

_directive = regex(r"#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*?)\s*\Z").match


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
        """Its instructions of these words; of triggers those whose faults are its own."""
        return (
            each
            for each in self.instructions
            if each.word in words and (not each.trigger or each.word in TRIGGERED)
        )

    def last(self, word: str) -> Instruction | None:
        """The one that counts where the last one does: CMD, ENTRYPOINT, USER, HEALTHCHECK."""
        listed = reversed(self.instructions)
        return next((each for each in listed if each.word == word and not each.trigger), None)


class Build(Struct, frozen=True, kw_only=True):
    """A whole Dockerfile, the first line of which has the number ``first``.

    ``arguments`` are those before the first stage, with their defaults.
    """

    stages: tuple[Stage, ...]
    before: tuple[Instruction, ...]
    arguments: Mapping[str, str]
    directives: Mapping[str, str]
    first: int = 1

    @property
    def final(self) -> Stage:
        """The stage that is built where nobody names another."""
        return self.stages[-1]

    @property
    def is_windows(self) -> bool:
        """Whether it is built on Windows, as the final base or the escape directive tells."""
        stage, left = self.final, len(self.stages)
        named = self.names
        while stage.base.lower() in named and left:
            stage, left = named[stage.base.lower()], left - 1
        is_base = stage.base.lower().startswith(WINDOWS)
        return is_base or self.directives.get("escape") == "`"

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


def build_file(file: File, first: int = 1, *, is_counted: bool = True) -> Build | None:
    """A Dockerfile; ``None`` where there is no stage in it. ``ParseError`` names the line.

    Its first line has the number ``first``, and all others too unless they are counted.
    """
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
        for each in instructions(text, escape, first, is_counted=is_counted):
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
        stages=tuple(stages),
        before=tuple(before),
        arguments=arguments,
        directives=directives,
        first=first,
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
