"""Passwords of accounts that every container has."""

from collections.abc import Iterator

from hullmark.checks.accounts import PASSWD, SHADOW, entries, fields_of, hashed
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text(SHADOW, "root:*:1::::::", "app:$6$salt$" + "a" * 86 + ":19000:0:99999:7:::"),)


def _good() -> tuple[File, ...]:
    return (text(SHADOW, "root:*:19000:0:99999:7:::", "app:!:19000::::::"),)


@file_check(
    id="account-password-set",
    title="The image holds a password for an account",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(PASSWD, SHADOW),
    bad=_bad,
    good=_good,
    remediation="Lock the account with passwd -l, or give it a password where the container runs.",
    references=("https://man7.org/linux/man-pages/man5/shadow.5.html",),
)
def account_password_set(file: File) -> Iterator[Evidence]:
    """All containers of an image have the same password, and its hash is there for all to guess."""
    for entry in entries(file, fields_of(file)):
        if entry.name != "root" and hashed(entry.fields[1]):
            says = f"account {shown(entry.name)} has a password"
            yield Evidence(at=entry.name, says=says, line=entry.number)
