"""Stages that are built for one platform, whatever the build asks for."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step, without_flag
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="platform-in-from",
    title="Base image is of one fixed platform",
    severity=Severity.LOW,
    bad=("FROM --platform=linux/amd64 debian:13.1\nRUN make\n",),
    good=(
        "FROM --platform=$BUILDPLATFORM golang:1.25 AS build\n",
        "FROM debian:13.1\n",
        "FROM --platform=linux/arm64 debian:13.1 AS arm64\nFROM arm64\n",
    ),
    remediation=("Drop --platform, and give it to the build: docker build --platform linux/amd64."),
    references=(
        ("https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/"),
    ),
    mend=of_step(
        without_flag("platform"),
        says="drop --platform",
        breaks="builds for the machine that it is built on",
        risky=True,
    ),
)
def platform_in_from(build: Build) -> Iterator[Evidence]:
    """On another machine the image runs under emulation, slowly and with faults of its own.

    A build for several platforms gives the same programs under each of their names.
    """
    for stage in build.stages:
        platform = stage.start.flag("platform")
        parts = [part for part in platform.lower().split("/")[1:] if part]
        if parts and "$" not in platform and not any(part in stage.name for part in parts):
            yield stage.start.tell(f"FROM asks for {short(platform)}, whatever the build is for")
