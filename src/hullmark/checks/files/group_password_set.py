"""Passwords of groups."""

from collections.abc import Iterator

from hullmark.checks.accounts import GROUP, GROUP_FIELDS, entries, hashed
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text("etc/gshadow", "staff:$6$salt$" + "a" * 86 + "::"),
        text(GROUP, "staff:$6$salt$" + "a" * 86 + ":50:"),
    )


def _good() -> tuple[File, ...]:
    return (text("etc/gshadow", "root:*::", "staff:!::"), text(GROUP, "staff:x:50:"))


@file_check(
    id="group-password-set",
    title="The image holds a password for a group",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=(GROUP, "etc/gshadow"),
    bad=_bad,
    good=_good,
    remediation="Remove the password with gpasswd -r, and add those who need it as members.",
    references=("https://man7.org/linux/man-pages/man5/gshadow.5.html",),
)
def group_password_set(file: File) -> Iterator[Evidence]:
    """Whoever knows the password is in the group, and a password of many is known to more."""
    for entry in entries(file, GROUP_FIELDS):
        if hashed(entry.fields[1]):
            says = f"group {shown(entry.name)} has a password"
            yield Evidence(at=entry.name, says=says, line=entry.number)
