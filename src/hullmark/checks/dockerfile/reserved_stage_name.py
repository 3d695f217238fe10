"""Stages that are called like what FROM and --from mean otherwise."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="reserved-stage-name",
    title="Stage has a reserved name",
    severity=Severity.LOW,
    bad=(
        ("FROM debian:13.1 AS scratch\nRUN make\nFROM debian:13.1\nCOPY --from=scratch /a /a\n"),
        "FROM debian:13.1 AS context\n",
    ),
    good=(
        "FROM debian:13.1 AS build\n",
        "FROM scratch\n",
    ),
    remediation="Call the stage something else.",
    references=("https://docs.docker.com/reference/build-checks/reserved-stage-name/",),
    left="another name is for people to choose",
)
def reserved_stage_name(build: Build) -> Iterator[Evidence]:
    """The builder reads scratch as the empty image and context as the files beside the Dockerfile.

    Whoever starts from the stage or copies from it gets something else.
    """
    for stage in build.stages:
        if stage.name in ("scratch", "context"):
            yield stage.start.tell(f"the stage is called {short(stage.name)}")
