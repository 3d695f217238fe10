"""Instructions that stand before the first stage."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="instruction-before-from",
    title="Instruction before the first FROM",
    severity=Severity.LOW,
    bad=(
        "RUN apt-get update\nFROM debian:13.1\n",
        "MAINTAINER somebody\nFROM debian:13.1\n",
    ),
    good=("ARG VERSION=13.1\nFROM debian:${VERSION}\nRUN make\n",),
    remediation="Move it below the FROM that it belongs to.",
    references=("https://docs.docker.com/reference/dockerfile/#from",),
    left="which stage it belongs to is for people to say",
)
def instruction_before_from(build: Build) -> Iterator[Evidence]:
    """Only ARG may stand there; a builder refuses the rest.

    Builders that do not leave out what somebody thought was done, a patch or a user.
    """
    for each in build.before:
        if each.word != "ARG":
            yield each.tell(f"{each.word} stands before the first FROM")
