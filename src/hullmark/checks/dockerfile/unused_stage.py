"""Stages that nothing comes of."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import is_known, taken_from
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="unused-stage",
    title="Stage is never used",
    severity=Severity.LOW,
    bad=('FROM golang:1.25\nRUN make\nFROM debian:13.1\nCMD ["/bin/a"]\n',),
    good=(
        "FROM golang:1.25\nRUN make\nFROM debian:13.1\nCOPY --from=0 /a /a\n",
        "FROM golang:1.25 AS build\nFROM debian:13.1\nCOPY --from=build /a /a\n",
        "FROM golang:1.25 AS test\nRUN make test\nFROM debian:13.1\n",
        ("FROM golang:1.25\nFROM debian:13.1\nRUN --mount=type=bind,from=0,target=/b make\n"),
        "FROM golang:1.25\nFROM debian:13.1\nCOPY --from=$STAGE /a /a\n",
    ),
    remediation="Remove the stage, or copy from it what was meant to be in the image.",
    references=("https://docs.docker.com/build/building/multi-stage/",),
    left="whether a call of the build names the stage is not known here",
)
def unused_stage(build: Build) -> Iterator[Evidence]:
    """It has no name that a build could ask for, and no later stage takes anything from it.

    What it was to bring, a scan or a program, is missing from the image.
    """
    named = [name for _, _, name in taken_from(build)]
    if all(map(is_known, named)):
        used = {*named}
        for number, stage in enumerate(build.stages[:-1]):
            if not stage.name and str(number) not in used:
                yield stage.start.tell(f"nothing is taken from stage {number}, and it has no name")
