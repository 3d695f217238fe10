"""Stages of one name."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="duplicate-stage-name",
    title="Two stages have the same name",
    severity=Severity.LOW,
    bad=(
        (
            "FROM golang:1.25 AS build\n"
            "RUN make\n"
            "FROM node:22 AS Build\n"
            "RUN npm ci\n"
            "FROM scratch\n"
            "COPY --from=build /a /a\n"
        ),
    ),
    good=(
        (
            "FROM golang:1.25 AS build\n"
            "FROM node:22 AS assets\n"
            "FROM scratch\n"
            "COPY --from=build /a /a\n"
        ),
    ),
    remediation="Give every stage a name of its own.",
    references=("https://docs.docker.com/reference/build-checks/duplicate-stage-name/",),
    left="which of the stages is meant where the name is used is for people to say",
)
def duplicate_stage_name(build: Build) -> Iterator[Evidence]:
    """What is copied from the name comes from one of them, and which is easy to get wrong.

    The image ships files of a stage that nobody meant.
    """
    seen = dict[str, int]()
    for stage in build.stages:
        if stage.name and stage.name in seen:
            says = f"the stage of line {seen[stage.name]} is also called {short(stage.name)}"
            yield stage.start.tell(says)
        seen.setdefault(stage.name, stage.line)
