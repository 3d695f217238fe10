"""Shells of the system that a build puts another in the place of."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import operands, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="shell-relinked",
    title="Build replaces /bin/sh",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nRUN ln -sf /bin/bash /bin/sh\n",
        "FROM debian:13.1\nRUN rm /bin/sh && ln -s bash /bin/sh\n",
    ),
    good=(
        ('FROM debian:13.1\nSHELL ["/bin/bash", "-c"]\nRUN ln -s /bin/bash /usr/local/bin/shell\n'),
    ),
    remediation='Use SHELL ["/bin/bash", "-c"] for the steps of the build.',
    references=("https://docs.docker.com/reference/dockerfile/#shell",),
    left="which steps and programs rely on it is not known here",
)
def shell_relinked(build: Build) -> Iterator[Evidence]:
    """Every script of the system runs in another shell than it was written for.

    Scripts of packages fail in ways that nobody tested, at the next update of one.
    """
    for each, number, command in steps(build):
        if command.program == "ln" and operands(command)[-1:] in (["/bin/sh"], ["/usr/bin/sh"]):
            yield told(each, number, "ln puts another shell in the place of /bin/sh")
