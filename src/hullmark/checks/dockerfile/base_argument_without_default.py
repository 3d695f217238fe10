"""Base images that the file leaves to a build argument alone."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

PREDEFINED = frozenset(
    f"{side}{part}"
    for side in ("BUILD", "TARGET")
    for part in ("PLATFORM", "OS", "ARCH", "VARIANT")
)
"""Arguments that every build has."""

_names = regex(r"\$\{?([A-Za-z_]\w*)").findall


@dockerfile_check(
    id="base-argument-without-default",
    title="Base image is an argument without a default",
    severity=Severity.LOW,
    bad=(
        "ARG VERSION\nFROM debian:${VERSION}\n",
        "FROM $BASE AS build\n",
    ),
    good=(
        "ARG VERSION=13.1\nFROM debian:${VERSION}\n",
        "FROM debian:${VERSION:-13.1}\n",
        "FROM --platform=$BUILDPLATFORM debian:13.1\n",
        "FROM base-$TARGETARCH\n",
    ),
    remediation="Give the argument a default before the first FROM.",
    references=("https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/",),
    left="which value is meant is for people to say",
)
def base_argument_without_default(build: Build) -> Iterator[Evidence]:
    """A build that does not name it fails, or takes an image that nobody meant.

    No review of the file shows what the image is made of.
    """
    for stage in build.external():
        names = [name for name in _names(stage.base) if name not in PREDEFINED]
        if names:
            yield stage.start.tell(f"nothing in the file gives {short(names[0])} a value")
