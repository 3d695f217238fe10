"""Stages that copy from themselves or from later ones."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import numbered, taken_from
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="copy-from-own-stage",
    title="Stage copies from itself or from a later one",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1 AS app\nCOPY --from=app /a /b\n",
        "FROM debian:13.1\nCOPY --from=1 /a /b\nFROM golang:1.25\n",
    ),
    good=(
        "FROM debian:13.1 AS app\nFROM scratch\nCOPY --from=app /a /b\n",
        "FROM debian:13.1 AS app\nRUN cp /a /b\n",
    ),
    remediation=("Copy with RUN cp within a stage, and put the stage that is copied from first."),
    references=("https://docs.docker.com/reference/dockerfile/#copy---from",),
    left="which stage is meant is for people to say",
)
def copy_from_own_stage(build: Build) -> Iterator[Evidence]:
    """The build fails, or takes an image of that name from a registry.

    Then a stranger decides what is in the files.
    """
    stages = numbered(build)
    for number, each, name in taken_from(build):
        other = stages.get(name.lower(), -1)
        if other >= number:
            where = "the stage itself" if other == number else "a later stage"
            yield each.tell(f"{short(name)} is {where}", name[:80])
