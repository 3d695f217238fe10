"""A Dockerfile as the image that it would make, for checks of what both show."""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from re import compile as regex

from hullmark.checks.build_file import TRIGGERED, Build, Instruction, Stage, unquoted
from hullmark.checks.build_values import substituted
from hullmark.checks.image_facts import MAX_SHOWN_CHARS, SHELLS
from hullmark.model.image import Image, ImageConfig, Step
from hullmark.model.phrases import shortened

SHELL = "/bin/sh -c"

MAX_PORT_DIGITS = 5
"""Of ports up to 65535."""

_step = regex(r"history step (\d+)").match
_PLACES = {
    "User": "USER",
    "Env": "ENV",
    "Label": "LABEL",
    "ExposedPorts": "EXPOSE",
    "Healthcheck": "HEALTHCHECK",
    "Entrypoint": "ENTRYPOINT",
    "Cmd": "CMD",
    "Volumes": "VOLUME",
    "OnBuild": "ONBUILD",
    "WorkingDir": "WORKDIR",
}
"""Instructions behind the parts of a configuration, as checks of images name them."""


def as_image(
    listed: Sequence[Instruction], system: str = "linux", stages: Sequence[int] = ()
) -> Image:
    """The image of an operating system that these instructions of a build make.

    ``stages`` are the lines in which stages begin.
    """
    last = {each.word: each for each in listed}
    values = _values(listed)
    labels = {name: value for each in listed if each.word == "LABEL" for name, value in each.pairs}
    env = [name for each in listed if each.word == "ENV" for name, _ in each.pairs]
    config = ImageConfig(
        user=substituted(unquoted(last["USER"].text), values) if "USER" in last else "",
        env=tuple(f"{name}={values.get(name, '')}" for name in dict.fromkeys(env)),
        entrypoint=_started(last.get("ENTRYPOINT")),
        cmd=_started(last.get("CMD")),
        ports=tuple(dict.fromkeys(port for each in listed for port in _ports(each, values))),
        volumes=tuple(dict.fromkeys(one for each in listed for one in _volumes(each, values))),
        labels=labels,
        healthcheck=_health(last.get("HEALTHCHECK")),
        onbuild=tuple(each.text for each in listed if each.word == "ONBUILD"),
        folder=substituted(last["WORKDIR"].text, values) if "WORKDIR" in last else "",
        os=system,
        history=tuple(
            Step(command=_history(each), empty=True, stage=bisect(stages, each.line))
            for each in listed
        ),
    )
    return Image(config=config)


def instructions(build: Build) -> Iterator[Instruction]:
    """What makes the final image, from the stage that it is built on at first."""
    chain: list[Stage] = [build.final]
    named = {each.name: each for each in build.stages if each.name}
    while (below := named.get(chain[-1].base.lower())) is not None and below not in chain:
        chain.append(below)
    for stage in reversed(chain):
        yield from (each for each in stage.instructions if not each.trigger)


def every(build: Build) -> list[Instruction]:
    """The instructions of all stages, with what triggers run; those of the image come last."""
    final = list(instructions(build))
    kept = {id(each) for each in final}
    others = (each for stage in build.stages for each in stage.instructions)
    return [
        *(
            each
            for each in others
            if id(each) not in kept and (not each.trigger or each.word in TRIGGERED)
        ),
        *final,
    ]


class Places:
    """Lines of a build by the places that checks of images name."""

    def __init__(self, build: Build, listed: Sequence[Instruction]) -> None:
        self._final = build.final.line
        self._lines = [each.line for each in listed]
        self._by_word: dict[str, list[Instruction]] = {}
        for each in listed:
            self._by_word.setdefault(each.word, []).append(each)
        self._values = _values(listed)

    def line_of(self, at: str) -> int:
        """The line of a place; of the last FROM where nothing says it."""
        step = _step(at)
        if step:
            number = int(step[1]) - 1
            return self._lines[number] if number < len(self._lines) else self._final
        part, _, rest = at.partition(" ")
        word = _PLACES.get(part, "")
        candidates = self._by_word.get(word, [])
        if word == "ONBUILD" and rest.isdecimal():
            candidates = candidates[int(rest[:9]) - 1 :][:1]
        elif rest and word in ("ENV", "LABEL", "VOLUME"):
            name = rest if word == "VOLUME" else rest.partition(" ")[0].partition("=")[0]
            return self._set.get((word, name), self._final)
        elif rest and word == "EXPOSE":
            fitting = [line for port, line in self._exposed if _includes(port, rest)]
            return fitting[-1] if fitting else self._final
        elif rest:
            candidates = [each for each in candidates if rest in each.text]
        return candidates[-1].line if candidates else self._final

    @cached_property
    def _set(self) -> Mapping[tuple[str, str], int]:
        """The line that sets a variable or label, or makes a volume, by its shortened name."""
        found = {}
        for word in ("ENV", "LABEL"):
            for each in self._by_word.get(word, ()):
                for name, _ in each.pairs:
                    found[word, shortened(name, MAX_SHOWN_CHARS)] = each.line
        for each in self._by_word.get("VOLUME", ()):
            for folder in _volumes(each, self._values):
                found["VOLUME", shortened(folder, MAX_SHOWN_CHARS)] = each.line
        return found

    @cached_property
    def _exposed(self) -> Sequence[tuple[str, int]]:
        listed = self._by_word.get("EXPOSE", ())
        return [(port, each.line) for each in listed for port in _ports(each, self._values)]


def _includes(ports: str, port: str) -> bool:
    """Whether a port, ``22/tcp``, is among those of an EXPOSE, ``20-23/tcp``."""
    span, _, protocol = ports.partition("/")
    first, dash, last = span.partition("-")
    number, _, its_protocol = port.partition("/")
    if not (first.isdecimal() and number.isdecimal() and (last.isdecimal() or not dash)):
        return ports == port
    if max(len(first), len(last), len(number)) > MAX_PORT_DIGITS:
        return False
    within = int(first) <= int(number) <= int(last or first)
    return within and protocol.lower() in ("", its_protocol.lower())


def _values(listed: Sequence[Instruction]) -> dict[str, str]:
    """What ARG and ENV of these instructions make of each name in the end."""
    values: dict[str, str] = {}
    for each in listed:
        if each.word in ("ARG", "ENV"):
            values |= {name: substituted(value, values) for name, value in each.pairs}
    return values


def _ports(each: Instruction, values: Mapping[str, str]) -> Iterator[str]:
    for word in each.words if each.word == "EXPOSE" else ():
        for port in substituted(word, values).split():
            yield port if "/" in port else f"{port}/tcp"


def _volumes(each: Instruction, values: Mapping[str, str]) -> Iterator[str]:
    return (substituted(word, values) for word in (each.words if each.word == "VOLUME" else ()))


def _history(each: Instruction) -> str:
    """An instruction as BuildKit writes it into the history."""
    if each.word == "RUN":
        listed = each.listed
        return f"RUN {SHELL} {each.shell if listed is None else _script(listed)} # buildkit"
    flags = "".join(f"--{name}={value} " for name, value in each.flags)
    return f"{each.word} {flags}{each.text}"


def _script(words: Sequence[str]) -> str:
    """A command as text: of ``sh -c SCRIPT`` the script."""
    program, option, script = (*words, "", "", "")[:3]
    is_shell = program.rpartition("/")[2] in SHELLS
    takes = option[:1] == "-" and option[1:2] != "-" and option.endswith("c")
    return script if is_shell and takes else " ".join(words)


def _started(each: Instruction | None) -> tuple[str, ...]:
    if each is None:
        return ()
    listed = each.listed
    return listed if listed is not None else ("/bin/sh", "-c", each.text)


def _health(each: Instruction | None) -> tuple[str, ...]:
    if each is None:
        return ()
    word, _, rest = each.text.partition(" ")
    return ("NONE",) if word.upper() == "NONE" else ("CMD-SHELL", rest)
