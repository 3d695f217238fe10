"""Accounts beside root that are root."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import option, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="root-account-added",
    title="Build adds a second account with user number 0",
    severity=Severity.HIGH,
    bad=(
        "FROM debian:13.1\nRUN useradd -o -u 0 -g 0 backup\n",
        "FROM alpine:3.22\nRUN adduser -D -u 0 admin\n",
        "FROM debian:13.1\nRUN usermod --uid=0 --non-unique www-data\n",
    ),
    good=(
        "FROM debian:13.1\nRUN useradd -u 10001 -g 0 app\n",
        "FROM debian:13.1\nRUN usermod -u 0 root\n",
    ),
    remediation=("Give the account a number of its own, and the files it needs to that number."),
    references=("https://man7.org/linux/man-pages/man8/useradd.8.html",),
    left="another number is for people to choose, with the files that it owns",
)
def root_account_added(build: Build) -> Iterator[Evidence]:
    """It is root by another name.

    A rule that forbids root by its name lets it pass, and its password is a way in that nobody
    looks at.
    """
    for each, number, command in steps(build):
        if command.program in ("useradd", "adduser", "usermod"):
            uid = option(command, "-u", "--uid")
            if uid and not uid.strip("0") and "root" not in command.words[-1:]:
                yield told(
                    each, number, f"{command.program} makes {short(command.words[-1])} user 0"
                )
