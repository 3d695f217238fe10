"""Steps that run without the builder's sandbox."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step, without_flag
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="insecure-build-step",
    title="Build step runs privileged",
    severity=Severity.HIGH,
    bad=(
        (
            "# syntax=docker/dockerfile:1\n"
            "FROM debian:13.1\n"
            "RUN --security=insecure mount -t tmpfs none /mnt\n"
        ),
    ),
    good=(
        "FROM debian:13.1\nRUN --security=sandbox make\n",
        "FROM debian:13.1\nRUN make\n",
    ),
    remediation=("Drop --security=insecure, and do in a host of its own what needs these rights."),
    references=("https://docs.docker.com/reference/dockerfile/#run---security",),
    mend=of_step(
        without_flag("security"),
        says="drop --security=insecure",
        breaks="takes from the step what it may need to mount or to start",
        risky=True,
    ),
)
def insecure_build_step(build: Build) -> Iterator[Evidence]:
    """The step has all capabilities and the devices of the machine that builds.

    A package that it installs takes over the builder, and with it what others build there.
    """
    for each in build.every("RUN"):
        if each.flag("security").lower() == "insecure":
            yield each.tell("RUN --security=insecure gives it all capabilities")
