"""Stages that start from whatever an image is called latest."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import bases
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="base-tag-latest",
    title="Base image is tagged latest",
    severity=Severity.MEDIUM,
    bad=(
        "FROM debian:latest\n",
        "ARG TAG=latest\nFROM docker.io/library/node:${TAG} AS build\nRUN npm ci\n",
    ),
    good=(
        "FROM debian:13.1\n",
        "FROM debian:latest@sha256:0011\n",
        "FROM debian:13.1 AS latest\nFROM latest\n",
        "ARG TAG\nFROM a:$TAG\n",
    ),
    remediation="Name the version of the base image, best with its digest.",
    references=(
        ("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"),
    ),
    left="which version is meant is for people to say",
)
def base_tag_latest(build: Build) -> Iterator[Evidence]:
    """Two builds of one file start from two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for stage, repository, tag, digest in bases(build):
        if tag == "latest" and not digest:
            yield stage.start.tell(f"the base image {short(repository)} is tagged latest")
