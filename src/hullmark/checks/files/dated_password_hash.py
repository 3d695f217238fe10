"""Passwords that are kept as hashes which newer ones have replaced."""

from collections.abc import Iterator

from hullmark.checks.accounts import PASSWD, SHADOW, entries, fields_of
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.password_hashes import dated
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text(SHADOW, "app:$5$salt$" + "a" * 43 + ":19000:0:99999:7:::"),)


def _good() -> tuple[File, ...]:
    return (text(SHADOW, "app:$6$salt$" + "a" * 86 + ":19000:0:99999:7:::"),)


@file_check(
    id="dated-password-hash",
    title="A password is kept as a hash that newer ones have replaced",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=(PASSWD, SHADOW),
    bad=_bad,
    good=_good,
    remediation="Lock the account. Where it needs a password, set one anew with yescrypt.",
    references=("https://man7.org/linux/man-pages/man5/crypt.5.html",),
)
def dated_password_hash(file: File) -> Iterator[Evidence]:
    """These hashes take time to guess but no memory, so graphics cards do it side by side."""
    for entry in entries(file, fields_of(file)):
        if kind := dated(entry.fields[1]):
            says = f"the password of account {shown(entry.name)} is hashed with {kind}"
            yield Evidence(at=entry.name, says=says, line=entry.number)
