"""Accounts of uid 0 beside root."""

from collections.abc import Iterator

from hullmark.checks.accounts import PASSWD, PASSWD_FIELDS, entries
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    root = "root:x:0:0:root:/root:/bin/bash"
    return (
        text(PASSWD, root, "toor:x:0:0::/root:/bin/sh"),
        text(PASSWD, root, "helper:x:00:100::/home/helper:/bin/sh"),
    )


def _good() -> tuple[File, ...]:
    return (text(PASSWD, "root:x:0:0:root:/root:/bin/bash", "app:x:1000:1000::/app:/bin/false"),)


@file_check(
    id="second-root-account",
    title="An account beside root has uid 0",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=(PASSWD,),
    bad=_bad,
    good=_good,
    remediation="Remove the account, or give it a uid of its own.",
    references=("https://man7.org/linux/man-pages/man5/passwd.5.html",),
)
def second_root_account(file: File) -> Iterator[Evidence]:
    """Whoever logs in under such a name is root, and no rule that names root applies to them.

    It is also how an intruder keeps a way in.
    """
    for entry in entries(file, PASSWD_FIELDS):
        uid = entry.fields[2]
        if uid.isdecimal() and not uid.strip("0") and entry.name != "root":
            says = f"account {shown(entry.name)} has uid 0"
            yield Evidence(at=entry.name, says=says, line=entry.number)
