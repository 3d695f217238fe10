"""A Dockerfile as the image that it would make, for checks of what both show."""

from collections.abc import Iterable, Iterator, Sequence
from re import compile as regex

from hullmark.checks.build_file import Build, Instruction, Stage
from hullmark.model.image import Image, ImageConfig, Step

SHELL = "/bin/sh -c"

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


def as_image(listed: Sequence[Instruction]) -> Image:
    """The image that these instructions of a build make."""
    last = {each.word: each for each in listed}
    env = {name: value for each in listed for name, value in pairs(each, "ENV")}
    labels = {name: value for each in listed for name, value in pairs(each, "LABEL")}
    config = ImageConfig(
        user=last["USER"].text if "USER" in last else "",
        env=tuple(f"{name}={value}" for name, value in env.items()),
        entrypoint=_started(last.get("ENTRYPOINT")),
        cmd=_started(last.get("CMD")),
        ports=tuple(_port(word) for each in listed if each.word == "EXPOSE" for word in each.words),
        volumes=tuple(word for each in listed if each.word == "VOLUME" for word in each.words),
        labels=labels,
        healthcheck=_health(last.get("HEALTHCHECK")),
        onbuild=tuple(each.text for each in listed if each.word == "ONBUILD"),
        folder=last["WORKDIR"].text if "WORKDIR" in last else "",
        os="linux",
        history=tuple(Step(command=_history(each), empty=True) for each in listed),
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
    """The instructions of all stages, those that the image is made of last."""
    final = list(instructions(build))
    kept = {id(each) for each in final}
    others = (each for stage in build.stages for each in stage.instructions if not each.trigger)
    return [*(each for each in others if id(each) not in kept), *final]


def line_of(build: Build, listed: Sequence[Instruction], at: str) -> int:
    """The line of a place as checks of images name it; of the last FROM where nothing says it."""
    step = _step(at)
    if step:
        number = int(step[1]) - 1
        return listed[number].line if number < len(listed) else build.final.line
    part, _, rest = at.partition(" ")
    word = _PLACES.get(part)
    for each in reversed(listed):
        if each.word == word and (not rest or rest.split("=")[0] in each.text):
            return each.line
    return build.final.line


def pairs(instruction: Instruction, word: str) -> Iterator[tuple[str, str]]:
    """What ENV or LABEL set; the old form of ENV has a name and one value."""
    words: Iterable[str] = instruction.words if instruction.word == word else ()
    first, _, rest = instruction.text.partition(" ")
    if word == "ENV" and instruction.word == word and "=" not in first:
        yield first, rest.strip()
        return
    for each in words:
        name, sign, value = each.partition("=")
        if sign:
            yield name.strip("\"'"), value


def _history(each: Instruction) -> str:
    """An instruction as BuildKit writes it into the history."""
    if each.word == "RUN":
        listed = each.listed
        return f"RUN {SHELL} {each.shell if listed is None else ' '.join(listed)} # buildkit"
    flags = "".join(f"--{name}={value} " for name, value in each.flags)
    return f"{each.word} {flags}{each.text}"


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


def _port(word: str) -> str:
    return word if "/" in word else f"{word}/tcp"
