"""Stages that files are copied from and that are not there."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import is_known, numbered, taken_from
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="unknown-stage",
    title="Files come from a stage that is not there",
    severity=Severity.MEDIUM,
    bad=(
        "FROM golang:1.25 AS build\nRUN make\nFROM scratch\nCOPY --from=builder /a /a\n",
        "FROM debian:13.1\nCOPY --from=3 /a /a\n",
        "FROM debian:13.1\nRUN --mount=type=bind,from=tools,target=/t /t/run\n",
    ),
    good=(
        "FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=BUILD /a /a\n",
        "FROM debian:13.1\nCOPY --from=nginx:1.29 /etc/nginx /etc/nginx\n",
        "FROM debian:13.1\nCOPY --from=ghcr.io/a/uv /uv /bin/\n",
        "FROM debian:13.1\nCOPY --from=$STAGE /a /a\n",
        "FROM debian:13.1\nCOPY --from=context a /a\n",
        "FROM a:1\nCOPY --from=build /a /a\nFROM b:1 AS build\n",
    ),
    remediation=(
        "Write the name as the stage has it, or the whole name and tag of the image that is meant."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#copy---from",),
    left="which stage or image is meant is for people to say",
)
def unknown_stage(build: Build) -> Iterator[Evidence]:
    """A name that is no stage is asked for as an image of Docker Hub.

    Whoever registers that name there puts files of theirs into the image.
    """
    known = {*numbered(build), "context", "scratch"}
    for _, each, name in taken_from(build):
        if is_known(name) and name.lower() not in known and not {*"/:@"} & {*name}:
            says = f"no stage is called {short(name)}, so it is an image of that name"
            yield each.tell(f"there is no stage {name}" if name.isdecimal() else says, name[:80])
