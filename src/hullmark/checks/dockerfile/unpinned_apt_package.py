"""Debian packages in whatever version there is."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import installed, is_open, named, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

WITH_VALUES = ("-t", "--target-release", "--default-release", "-o", "--option", "-c", "-a")


@dockerfile_check(
    id="unpinned-apt-package",
    title="Version of a Debian package is not pinned",
    severity=Severity.LOW,
    bad=(
        (
            "FROM debian:13.1\n"
            "RUN apt-get update && apt-get install -y --no-install-recommends curl git\n"
        ),
        "FROM debian:13.1\nRUN apt-get install -y -t trixie-backports curl\n",
    ),
    good=(
        "FROM debian:13.1\nRUN apt-get install -y curl=8.14.1-2 git=1:2.*\n",
        ("FROM debian:13.1\nRUN apt-get install -y $PACKAGES ./a.deb && apt-get install -y -f\n"),
        "FROM a:1\nRUN apt-get update -y && apt-get -y upgrade curl\n",
    ),
    remediation=(
        "Write the version, curl=8.14.*, or take packages from a snapshot of the distribution."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#apt-get",),
    left="which version is meant is for people to say",
)
def unpinned_apt_package(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, number, command in steps(build):
        if command.program not in ("apt-get", "apt", "aptitude"):
            continue
        packages = installed(command, ("install",), WITH_VALUES)
        loose = [
            one for one in packages if is_open(one) and "=" not in one and not one.endswith("-")
        ]
        if loose:
            yield told(each, number, f"{named(loose)} without a version")
