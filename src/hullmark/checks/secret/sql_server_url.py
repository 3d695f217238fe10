"""Microsoft SQL Server: addresses of databases."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="sql-server-url",
    title="SQL Server address with a password",
    severity=Severity.HIGH,
    **carrying("mssql", "sqlserver", r"mssql\+[a-z0-9]{3,12}"),
    path="app/.env",
    remediation=(
        "Change the login's password (ALTER LOGIN), and hand the address over when the "
        "container runs."
    ),
    references=("https://learn.microsoft.com/en-us/sql/connect/",),
    bad=lambda random: address(random, random.choice(("mssql+pyodbc", "sqlserver", "mssql"))),
    good=lambda random: harmless(random, random.choice(("mssql+pyodbc", "sqlserver", "mssql"))),
)
def sql_server_url(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that login."""
    return password(value)
