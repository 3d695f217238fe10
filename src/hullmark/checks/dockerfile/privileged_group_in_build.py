"""Accounts that are put into a group as good as root."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import operands, option, steps
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

POWERFUL = frozenset(("root", "sudo", "wheel", "docker", "lxd", "disk", "shadow", "adm", "kmem"))
"""Groups whose members become root, or read what only root should."""


@dockerfile_check(
    id="privileged-group-in-build",
    title="Build puts an account into a powerful group",
    severity=Severity.MEDIUM,
    bad=(
        "FROM debian:13.1\nRUN usermod -aG sudo app\n",
        "FROM debian:13.1\nRUN useradd -m -G docker,video app\n",
        "FROM alpine:3.22\nRUN addgroup app wheel\n",
    ),
    good=(
        "FROM debian:13.1\nRUN useradd -m -G video app && usermod -aG www-data app\n",
        "FROM alpine:3.22\nRUN addgroup -S docker\n",
    ),
    remediation="Drop the group, and give the files that the program needs to its own.",
    references=("https://docs.docker.com/engine/install/linux-postinstall/",),
    left="what the program does by the group is not known here",
)
def privileged_group_in_build(build: Build) -> Iterator[Evidence]:
    """Whoever breaks into the program becomes root without a fault of the system.

    In the group docker that is root of the node, where its socket is mounted.
    """
    for each, number, command in steps(build):
        for group in _groups(command):
            if group in POWERFUL:
                yield each.tell(
                    f"{command.program} adds to the group {short(group)}",
                    f"command {number} {group}",
                )


def _groups(command: Command) -> list[str]:
    """Groups that a command puts an account into."""
    if command.program in ("useradd", "usermod", "adduser") and command.has(
        "-G", "-aG", "--groups"
    ):
        given = [option(command, name, "--groups") for name in ("-G", "-aG")]
        return list(dict.fromkeys(group for each in given for group in each.split(",")))
    words = operands(command, ("-g", "--gid"))
    if command.program in ("addgroup", "adduser") and len(words) == 2:  # noqa: PLR2004 - user group
        return words[1:]
    if command.program == "gpasswd" and command.has("-a", "--add"):
        return [*command.words[-1:]]
    return []
