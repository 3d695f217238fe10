"""Rules of sudo that ask for no password."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.lines import joined, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

SUDOERS = ("etc/sudoers", "etc/sudoers.d/*")

_all_commands = regex(r"\bNOPASSWD\s*:(?:\s*[A-Z]{2,30}\s*:){0,8}\s*ALL\b")


def _bad() -> tuple[File, ...]:
    return (
        text("etc/sudoers", "root ALL=(ALL) ALL", "app ALL=(ALL) NOPASSWD:ALL"),
        text("etc/sudoers.d/app", "%app ALL=(ALL:ALL) \\", "  NOPASSWD: SETENV: ALL"),
        text("etc/sudoers.d/app", "Defaults:app !authenticate"),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/sudoers",
            "root ALL=(ALL:ALL) ALL",
            "# %wheel ALL=(ALL) NOPASSWD: ALL",
            "%operators ALL=(root) NOPASSWD: /usr/bin/id",
        ),
    )


@file_check(
    id="sudo-without-password",
    title="Sudo runs everything as root and asks for no password",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=SUDOERS,
    bad=_bad,
    good=_good,
    remediation="Remove the rule, and what it was for: a container starts as the user it needs.",
    references=("https://man7.org/linux/man-pages/man5/sudoers.5.html",),
)
def sudo_without_password(file: File) -> Iterator[Evidence]:
    """Whoever runs code as such an account is root, so the account bounds nothing."""
    for number, line in joined(file):
        words = line.split()
        if _all_commands.search(line):
            who = words[0]
            says = f"{shown(who)} runs every command without a password"
            yield Evidence(at=f"{who}:{number}", says=says, line=number)
        elif words[0].startswith("Defaults") and "!authenticate" in line:
            says = f"{shown(words[0])} switches passwords off"
            yield Evidence(at=f"{words[0]}:{number}", says=says, line=number)
