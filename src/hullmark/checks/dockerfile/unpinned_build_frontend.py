"""Frontends that read the file and may change from day to day."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import reference, short
from hullmark.model import Evidence, Severity

OFFICIAL = ("docker/dockerfile", "docker/dockerfile-upstream")

MOVING = ("", "latest", "master", "labs", "experimental", "master-labs")
"""Tags that stand for no version, not even for a major one."""


@dockerfile_check(
    id="unpinned-build-frontend",
    title="Build frontend may change at any time",
    severity=Severity.LOW,
    bad=(
        "# syntax=docker/dockerfile:latest\nFROM debian:13.1\n",
        "# syntax=example.com/team/frontend:2\nFROM debian:13.1\n",
        "# syntax = docker/dockerfile\nFROM debian:13.1\n",
    ),
    good=(
        "# syntax=docker/dockerfile:1\nFROM debian:13.1\n",
        "# syntax=example.com/team/frontend:2@sha256:0011\nFROM debian:13.1\n",
        "FROM debian:13.1\n",
        "# about\n# syntax=docker/dockerfile:latest\nFROM a:1\n",
    ),
    remediation="Name docker/dockerfile:1 or a version, and any other frontend by digest.",
    references=("https://docs.docker.com/build/buildkit/frontend/",),
    left="which version is meant is for people to say",
)
def unpinned_build_frontend(build: Build) -> Iterator[Evidence]:
    """The frontend is a program that turns this file into the image.

    Whoever moves its tag decides what every step of the build does.
    """
    name = build.directives.get("syntax", "")
    repository, tag, digest = reference(name)
    official = repository.removeprefix("docker.io/") in OFFICIAL
    moving = tag in MOVING if official else True
    if repository and not digest and moving:
        says = f"the frontend {short(name)} has no digest" if tag else f"{short(name)} has no tag"
        yield Evidence(at="syntax", says=says, line=build.first)
