"""Stages whose base image may change under its tag."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import bases
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="base-without-digest",
    title="Base image is not pinned by digest",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\n",
        "ARG V=22\nFROM node:$V-slim AS build\n",
    ),
    good=(
        "FROM debian:13.1@sha256:0011\n",
        "FROM debian:13.1@sha256:0011 AS one\nFROM one\n",
        "FROM scratch\n",
    ),
    remediation=(
        "Write the digest behind the tag: FROM debian:13.1@sha256:..., and let a tool raise it."
    ),
    references=(
        ("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"),
    ),
    left="the digest is known to the registry alone, which is not asked",
)
def base_without_digest(build: Build) -> Iterator[Evidence]:
    """A tag may be moved at any time.

    Whoever gets into the account of its publisher has their image in the next build, with no
    change in this file that a review would show.
    """
    for stage, repository, tag, digest in bases(build):
        if tag and tag != "latest" and not digest:
            yield stage.start.tell(f"{short(f'{repository}:{tag}')} has no digest")
