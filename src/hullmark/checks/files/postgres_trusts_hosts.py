"""A PostgreSQL that asks hosts for no password."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

HOSTS = ("host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc")
LOCAL = ("127.", "::1", "localhost", "samehost")


def _bad() -> tuple[File, ...]:
    return (text("var/lib/postgresql/data/pg_hba.conf", "host all all 0.0.0.0/0 trust"),)


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/postgresql/15/main/pg_hba.conf",
            "local all all trust",
            "host all all 127.0.0.1/32 trust",
            "host all all all scram-sha-256",
        ),
    )


@file_check(
    id="postgres-trusts-hosts",
    title="PostgreSQL asks hosts for no password",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=("pg_hba.conf",),
    bad=_bad,
    good=_good,
    remediation="Write scram-sha-256 in the place of trust.",
    references=("https://www.postgresql.org/docs/current/auth-trust.html",),
)
def postgres_trusts_hosts(file: File) -> Iterator[Evidence]:
    """Whoever reaches the port from such an address is any user they say, the administrator too."""
    for number, line in lines(file):
        words = line.lower().partition("#")[0].split()
        if len(words) < 5 or words[0] not in HOSTS:  # noqa: PLR2004 - kind, database, user, host, how
            continue
        if "trust" in words[4:6] and not words[3].startswith(LOCAL):
            says = f"{shown(words[2])} logs in from {shown(words[3])} without a password"
            yield Evidence(at=f"{words[3]}:{number}", says=says, line=number)
