"""Stages whose base image has neither tag nor digest."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import bases
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="untagged-base",
    title="Base image without a tag",
    severity=Severity.MEDIUM,
    bad=(
        "FROM debian\n",
        "FROM registry.example:5000/team/base AS build\n",
    ),
    good=(
        "FROM debian:13.1\n",
        "FROM scratch\nCOPY a /\n",
        "FROM debian:13.1 AS base\nFROM base\n",
        "FROM $BASE\n",
    ),
    remediation="Name the version of the base image, best with its digest.",
    references=(
        ("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"),
    ),
    left="which version is meant is for people to say",
)
def untagged_base(build: Build) -> Iterator[Evidence]:
    """Without a tag it is whatever is called latest on the day of the build.

    Nobody decides when the next major version comes, and nobody can build the present image
    again.
    """
    for stage, repository, tag, digest in bases(build):
        if repository and not tag and not digest:
            yield stage.start.tell(f"the base image {short(repository)} has no tag")
