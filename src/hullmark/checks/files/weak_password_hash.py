"""Passwords that are kept as hashes from the time before graphics cards."""

from collections.abc import Iterator

from hullmark.checks.accounts import PASSWD, SHADOW, entries, fields_of
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.password_hashes import weak
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text(SHADOW, "app:$1$salt$" + "a" * 22 + ":19000:0:99999:7:::"),
        text(SHADOW, "app:ab" + "c" * 11 + ":19000:0:99999:7:::"),
    )


def _good() -> tuple[File, ...]:
    return (
        text(SHADOW, "app:$y$j9T$salt$" + "a" * 43 + ":19000:0:99999:7:::", "bin:*:1::::::"),
        text(PASSWD, "app:x:1000:1000::/app:/bin/sh"),
    )


@file_check(
    id="weak-password-hash",
    title="A password is kept as a hash that is guessed fast",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(PASSWD, SHADOW),
    bad=_bad,
    good=_good,
    remediation="Lock the account. Where it needs a password, set one anew with yescrypt.",
    references=("https://man7.org/linux/man-pages/man5/crypt.5.html",),
)
def weak_password_hash(file: File) -> Iterator[Evidence]:
    """Who has the image has the hash, and of these kinds a computer tries billions a second.

    Passwords that people think of are known within the hour, and used elsewhere too.
    """
    for entry in entries(file, fields_of(file)):
        if kind := weak(entry.fields[1]):
            says = f"the password of account {shown(entry.name)} is hashed with {kind}"
            yield Evidence(at=entry.name, says=says, line=entry.number)
