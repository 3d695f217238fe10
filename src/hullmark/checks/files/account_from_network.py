"""Entries that hand the question to NIS."""

from collections.abc import Iterator

from hullmark.checks.accounts import GROUP, PASSWD, SHADOW, entries, fields_of
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text(PASSWD, "root:x:0:0:root:/root:/bin/sh", "+::::::"),
        text(GROUP, "root:x:0:", "+@staff:::"),
    )


def _good() -> tuple[File, ...]:
    return (text(PASSWD, "root:x:0:0:root:/root:/bin/sh", "a+b:x:1000:1000::/a:/bin/sh"),)


@file_check(
    id="account-from-network",
    title="Accounts are taken over from NIS",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(PASSWD, SHADOW, GROUP),
    bad=_bad,
    good=_good,
    remediation="Remove the entries that begin with a plus sign.",
    references=("https://man7.org/linux/man-pages/man5/nsswitch.conf.5.html",),
)
def account_from_network(file: File) -> Iterator[Evidence]:
    """A plus sign asks whatever NIS server answers for accounts, and NIS proves nothing.

    Where NIS is not set up, old programs take the line itself for an account.
    """
    for entry in entries(file, fields_of(file)):
        if entry.name.startswith("+"):
            says = f"entry {shown(entry.name)} takes accounts over from NIS"
            yield Evidence(at=entry.name, says=says, line=entry.number)
