"""Dockerfile and Containerfile: the images that a build starts from or copies from.

Format: https://docs.docker.com/reference/dockerfile/
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.container_image import expanded, image
from hullmark.model.later import regex
from hullmark.unit import parser

MAX_DOCKERFILE_BYTES = 1024 * 1024
"""Ours: real ones have some KB."""

_directive = regex(r"#\s*(\w+)\s*=\s*(\S*)").match
_heredoc = regex(r"<<-?\s*([\"']?)(\w+)\1").findall
_mount_from = regex(r"--mount=(?:\S*,)?from=([^\s,]+)").findall


class Stage:
    """One stage of a build: what it starts from, and what it copies from, by name."""

    def __init__(self, base: str, name: str) -> None:
        self.base = base
        self.name = name
        self.sources: list[str] = []


@parser(
    id="dockerfile-images",
    names=(
        "Dockerfile",
        "Containerfile",
        "*.dockerfile",
        "*.Dockerfile",
        "*.containerfile",
        "*.Containerfile",
    ),
    declared=True,
    example=File(
        path="srv/Dockerfile",
        content=b"ARG RELEASE=12\n"
        b"FROM golang:1.24 AS build\nRUN go build -o /app .\n"
        b"FROM --platform=linux/amd64 registry.example/base/debian:${RELEASE}-slim\n"
        b"COPY --from=build /app /usr/bin/app\n",
    ),
    expect=(
        "pkg:docker/golang@1.24",
        "pkg:docker/base/debian@12-slim?repository_url=registry.example",
    ),
)
def dockerfile_images(file: File) -> Iterator[Package]:
    """Yield every image of another build, with build arguments replaced by their defaults.

    What only stages before the last start from is marked as needed to build. ``scratch``, stages
    and contexts of the build itself are no images; a name with an argument that has no default is
    an error, as one that is no image's.
    """
    if file.size > MAX_DOCKERFILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_DOCKERFILE_BYTES} bytes that are read")
    stages = _stages(file.text())
    if not stages:
        return
    names = {"scratch", ""}
    kept = _kept(stages)
    wanted: dict[str, bool] = {}
    for number, stage in enumerate(stages):
        for name in (stage.base, *stage.sources):
            if name.lower() not in names:
                wanted[name] = wanted.get(name, False) or stage in kept
        names |= {stage.name, str(number)}
    strange = ""
    for name, final in wanted.items():
        package = image(name, file.path, development=not final)
        if package:
            yield package
        else:
            strange = strange or name
    if strange:
        raise ParseError(file.path, f"no image's name: {strange[:100]!r}")


def _kept(stages: list[Stage]) -> dict[Stage, None]:
    """The last stage and those that it is built on, whose content is in the image."""
    by_name = {stage.name: stage for stage in stages if stage.name}
    kept, top = {stages[-1]: None}, stages[-1]
    while (below := by_name.get(top.base.lower())) and below not in kept:
        kept[below], top = None, below
    return kept


def _stages(text: str) -> list[Stage]:
    """The stages in order. Arguments before the first are all that a base may be named with."""
    stages: list[Stage] = []
    values: dict[str, str] = {}
    for word, rest in _instructions(text):
        if word == "ARG" and not stages:
            for one in rest.split():
                name, given, value = one.partition("=")
                if given:
                    values[name] = expanded(value.strip("\"'"), values)
        elif word == "FROM":
            parts = [part for part in rest.split() if not part.startswith("--")]
            if parts:
                alias = (
                    parts[2].lower()
                    if parts[1:2] and parts[1].upper() == "AS" and parts[2:]
                    else ""
                )
                stages.append(Stage(expanded(parts[0].strip("\"'"), values), alias))
        elif stages and word in ("COPY", "ADD"):
            flags = [part for part in rest.split() if part.startswith("--from=")]
            stages[-1].sources += [flag.removeprefix("--from=") for flag in flags]
        elif stages and word == "RUN" and "--mount=" in rest:
            stages[-1].sources += _mount_from(rest)
    return stages


def _instructions(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction and its arguments, its continued lines joined, heredocs left out."""
    lines = iter(text.split("\n"))
    escape, parts, directives = "\\", [], True
    for raw in lines:
        line = raw.strip()
        if directives:
            found = _directive(line)
            if found and found[1].lower() == "escape":
                escape = found[2] or escape
            directives = found is not None
        if not line or line.startswith("#"):
            continue
        if line.endswith(escape):
            parts.append(line[: -len(escape)])
            continue
        word, _, rest = " ".join([*parts, line]).lstrip().partition(" ")
        parts = []
        word = word.upper()
        if word in ("RUN", "COPY", "ADD") and "<<" in rest:
            for _, end in _heredoc(rest):
                for inside in lines:
                    if inside.strip() == end:
                        break
        yield word, rest
