"""Installations that would wait for an answer."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_calls
from hullmark.checks.build_steps import steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.shell import Command
from hullmark.checks.written import Call, Written, inserted
from hullmark.model import Evidence, Severity
from hullmark.model.mending import Edit

_YES = ("-y", "--yes", "--assume-yes", "--assumeyes")

ASKING = {
    "apt-get": (*_YES, "--force-yes"),
    "apt": _YES,
    "yum": _YES,
    "dnf": _YES,
    "zypper": (*_YES, "-n", "--non-interactive", "--no-confirm"),
    "pacman": ("--noconfirm",),
}
"""Package managers that ask, and the words by which they do not."""

INSTALLS = frozenset(
    (
        *("install", "in", "upgrade", "update", "up", "dist-upgrade", "dup", "localinstall"),
        *("groupinstall", "patch", "build-dep", "remove", "purge", "reinstall"),
    )
)


_OPTIONS = {"zypper": "--non-interactive", "pacman": "--noconfirm"}


def _unasked(_: Written, call: Call) -> Iterator[Edit]:
    if _asks(call.command):
        yield inserted(call.words[0].end, f" {_OPTIONS.get(call.program, '-y')}")


@dockerfile_check(
    id="package-manager-prompts",
    title="Package manager asks before it installs",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nRUN apt-get update && apt-get install curl=8.14.1-2\n",
        "FROM fedora:43\nRUN dnf install curl && dnf clean all\n",
        "FROM opensuse/leap:16.0\nRUN zypper install curl\n",
    ),
    good=(
        (
            "FROM debian:13.1\n"
            "RUN apt-get update && apt-get -y install curl && apt-get install -qqy a"
            " && apt-get install --assume-yes b\n"
        ),
        (
            "FROM fedora:43\n"
            "RUN dnf -y install curl && microdnf install a && yum install --assumeyes c\n"
        ),
        (
            "FROM opensuse/leap:16.0\n"
            "RUN zypper -n install curl && zypper in -y b && zypper --non-interactive up\n"
        ),
        "FROM a:1\nRUN yes | apt-get install b\nRUN pacman -S --noconfirm b\n",
        "FROM a:1\nRUN apt-get -o APT::Get::Assume-Yes=true install b\n",
    ),
    remediation="Add -y, for zypper --non-interactive, for pacman --noconfirm.",
    references=("https://docs.docker.com/build/building/best-practices/#apt-get",),
    mend=of_calls(_unasked, says="have the package manager go on without asking"),
)
def package_manager_prompts(build: Build) -> Iterator[Evidence]:
    """Nobody answers in a build, so it breaks off as soon as there is something to ask.

    The security update that it was started for does not ship.
    """
    for each, number, command in steps(build):
        if _asks(command):
            yield told(each, number, f"{command.program} is not told to go on without asking")


def _asks(command: Command) -> bool:
    """Whether a command would wait for an answer that nobody gives."""
    quiet = ASKING.get(command.program, ())
    asks = bool(quiet) and not command.reads_pipe and _installs(command)
    return asks and not command.has(*quiet) and not _says_yes(command)


def _installs(command: Command) -> bool:
    """Whether a command changes packages, and so may ask."""
    if command.program == "pacman":
        return any(word.startswith(("-S", "-U")) and "c" not in word for word in command.words)
    if command.action == "update" and command.program in ("apt", "apt-get"):
        return False
    return command.action in INSTALLS


def _says_yes(command: Command) -> bool:
    """Whether short options in one word, or an option of apt, say yes."""
    if command.program == "pacman":
        return False
    if command.program in ("apt", "apt-get") and command.has("-qq"):
        return True
    return command.short_option("y") or any("assume-yes=" in word.lower() for word in command.words)
