"""Accounts that share a name or a uid."""

from collections.abc import Iterator

from hullmark.checks.accounts import PASSWD, PASSWD_FIELDS, entries
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text(PASSWD, "app:x:1000:1000::/app:/bin/sh", "web:x:1000:1000::/web:/bin/sh"),
        text(PASSWD, "app:x:1000:1000::/app:/bin/sh", "app:x:1001:1000::/web:/bin/sh"),
    )


def _good() -> tuple[File, ...]:
    return (text(PASSWD, "app:x:1000:1000::/app:/bin/sh", "web:x:1001:1000::/web:/bin/sh"),)


@file_check(
    id="duplicate-user",
    title="Two accounts share a name or a uid",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=(PASSWD,),
    bad=_bad,
    good=_good,
    remediation="Give every account a name and a uid of its own.",
    references=("https://man7.org/linux/man-pages/man8/pwck.8.html",),
)
def duplicate_user(file: File) -> Iterator[Evidence]:
    """The kernel knows uids alone: accounts that share one own each other's files.

    Of two entries of one name only the first counts, and which that is changes with an edit.
    """
    names: set[str] = set()
    uids: dict[str, str] = {}
    for entry in entries(file, PASSWD_FIELDS):
        uid = entry.fields[2].lstrip("0")
        if entry.name in names:
            says = f"account {shown(entry.name)} is there twice"
            yield Evidence(at=entry.name, says=says, line=entry.number)
        elif uid and uid in uids:
            says = f"accounts {shown(uids[uid])} and {shown(entry.name)} share uid {shown(uid)}"
            yield Evidence(at=entry.name, says=says, line=entry.number)
        names.add(entry.name)
        uids.setdefault(uid, entry.name)
