"""Accounts of services that somebody could log in to."""

from collections.abc import Iterator

from hullmark.checks.accounts import PASSWD, PASSWD_FIELDS, entries
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

FIRST_USER = 1000
"""Lower uids are those of services (Debian, Fedora, Alpine)."""

SHELLS = frozenset(("ash", "bash", "csh", "dash", "fish", "ksh", "sh", "tcsh", "zsh"))


def _bad() -> tuple[File, ...]:
    return (text(PASSWD, "postgres:x:70:70::/var/lib/postgresql:/bin/sh"),)


def _good() -> tuple[File, ...]:
    return (
        text(
            PASSWD,
            "root:x:0:0:root:/root:/bin/bash",
            "bin:x:2:2:bin:/bin:/usr/sbin/nologin",
            "sync:x:4:65534:sync:/bin:/bin/sync",
            "ann:x:1000:1000::/home/ann:/bin/bash",
        ),
    )


@file_check(
    id="service-account-with-shell",
    title="An account of a service has a login shell",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.INFO,
    names=(PASSWD,),
    bad=_bad,
    good=_good,
    remediation="Set the shell of accounts that nobody logs in to to /usr/sbin/nologin.",
    references=("https://man7.org/linux/man-pages/man8/nologin.8.html",),
)
def service_account_with_shell(file: File) -> Iterator[Evidence]:
    """A shell turns a stolen password, key or cron job of the service into a session."""
    for entry in entries(file, PASSWD_FIELDS):
        uid, shell = entry.fields[2], entry.fields[6].strip()
        if not uid.isdecimal() or len(uid) > len(str(FIRST_USER)):
            continue
        if 0 < int(uid) < FIRST_USER and shell.rpartition("/")[2] in SHELLS:
            says = f"account {shown(entry.name)} of uid {uid} has the shell {shown(shell)}"
            yield Evidence(at=entry.name, says=says, line=entry.number)
