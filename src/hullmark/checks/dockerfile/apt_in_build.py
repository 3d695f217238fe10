"""The program apt where scripts use apt-get."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

ACTIONS = frozenset(
    ("install", "update", "upgrade", "remove", "purge", "autoremove", "full-upgrade", "search")
)


@dockerfile_check(
    id="apt-in-build",
    title="apt is used in a build",
    severity=Severity.LOW,
    bad=("FROM debian:13.1\nRUN apt update && apt install -y curl=8.14.1-2\n",),
    good=(
        "FROM debian:13.1\nRUN apt-get update && apt-get install -y curl=8.14.1-2\n",
        "FROM debian:13.1\nRUN rm -rf /var/lib/apt/lists/*\n",
    ),
    remediation="Use apt-get and apt-cache.",
    references=("https://manpages.debian.org/stable/apt/apt.8.en.html",),
)
def apt_in_build(build: Build) -> Iterator[Evidence]:
    """It is made for people: its options and its output change between releases.

    A step that reads them does something else after the next one.
    """
    for each, number, command in steps(build):
        if command.program == "apt" and command.action in ACTIONS:
            yield told(each, number, f"apt {command.action} is for people, apt-get for scripts")
