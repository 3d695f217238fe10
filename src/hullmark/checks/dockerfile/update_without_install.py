"""Package lists that are fetched in a step of their own."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

LISTING = frozenset(("apt-get", "apt", "aptitude", "apk"))
"""Package managers whose update fetches lists alone."""


@dockerfile_check(
    id="update-without-install",
    title="Package lists are updated in a step of their own",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nRUN apt-get update\nRUN apt-get install -y curl=8.14.1-2\n",
        "FROM alpine:3.22\nRUN apk update\nRUN apk add curl\n",
    ),
    good=(
        "FROM debian:13.1\nRUN apt-get update && apt-get install -y curl\n",
        "FROM alpine:3.22\nRUN apk add --no-cache curl\n",
        "FROM a:1\nRUN apt-get update && /install.sh\n",
        "FROM a:1\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n",
    ),
    remediation=(
        "Join it with the install that follows: RUN apt-get update && apt-get install -y ..."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#apt-get",),
    left="which later steps rely on the lists is not known here",
)
def update_without_install(build: Build) -> Iterator[Evidence]:
    """The cache of the builder keeps the lists of months ago.

    The next build installs old packages with known faults, or none as they are gone.
    """
    for each in build.every("RUN"):
        listed = each.commands
        if each.flag("mount") or any(command.program not in LISTING for command in listed):
            continue
        if listed and all(command.action == "update" for command in listed):
            yield each.tell(f"{listed[0].program} update stands alone in its step")
