"""Servers of SSH that a build believes unseen."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

_off = regex(r"(?i)StrictHostKeyChecking[\s=]+[\"']?(?:no|off)\b").search


@dockerfile_check(
    id="host-key-check-disabled",
    title="SSH host keys are not verified",
    severity=Severity.MEDIUM,
    bad=(
        (
            "FROM debian:13.1\n"
            "RUN GIT_SSH_COMMAND='ssh -o StrictHostKeyChecking=no' git clone git@example.com:a/b\n"
        ),
        "FROM debian:13.1\nRUN scp -o StrictHostKeyChecking=no a@example.com:/a /a\n",
        ("FROM debian:13.1\nRUN echo 'StrictHostKeyChecking no' >> /etc/ssh/ssh_config\n"),
    ),
    good=(
        "FROM debian:13.1\nRUN --mount=type=ssh git clone git@example.com:a/b\n",
        "FROM debian:13.1\nRUN ssh -o StrictHostKeyChecking=yes example.com\n",
    ),
    remediation=(
        "Copy the server's public key into /etc/ssh/ssh_known_hosts, and drop the option."
    ),
    references=("https://man.openbsd.org/ssh_config#StrictHostKeyChecking",),
    left="the key of the host is not known here",
)
def host_key_check_disabled(build: Build) -> Iterator[Evidence]:
    """Anybody on the way can answer in the server's name.

    They hand the build other files, and those become part of the image.
    """
    for each, number, command in steps(build):
        words = " ".join((*command.before, command.program, *command.words))
        if _off(words):
            yield told(each, number, "StrictHostKeyChecking is switched off")
