"""A MySQL or MariaDB that asks nobody who they are."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text("etc/mysql/my.cnf", "[mysqld]", "skip-grant-tables"),
        text("etc/my.cnf.d/server.cnf", "[mysqld]", "skip_grant_tables = 1"),
    )


def _good() -> tuple[File, ...]:
    return (text("etc/mysql/my.cnf", "[mysqld]", "# skip-grant-tables", "skip-grant-tables=0"),)


@file_check(
    id="mysql-without-authentication",
    title="MySQL asks nobody who they are",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=(
        "my.cnf",
        ".my.cnf",
        "etc/mysql/conf.d/*.cnf",
        "etc/mysql/mysql.conf.d/*.cnf",
        "etc/mysql/mariadb.conf.d/*.cnf",
        "etc/my.cnf.d/*.cnf",
    ),
    bad=_bad,
    good=_good,
    remediation="Remove skip-grant-tables.",
    references=("https://dev.mysql.com/doc/refman/8.4/en/server-options.html",),
)
def mysql_without_authentication(file: File) -> Iterator[Evidence]:
    """Everybody who reaches the server may do everything with all data."""
    for setting in settings(file):
        name = setting.key.replace("_", "-")
        if name == "skip-grant-tables" and setting.value.lower() in ("", "1", "on", "true"):
            at = f"skip-grant-tables:{setting.number}"
            yield Evidence(at=at, says="skip-grant-tables is set", line=setting.number)
