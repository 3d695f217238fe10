"""ADO.NET, ODBC and OLE DB: connection strings with a password."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


@secret(
    id="connection-string-password",
    title="Connection string with a password",
    severity=Severity.HIGH,
    pattern=(
        "(?i:server|data source|host|address|addr|driver|dsn|initial catalog|database|uid"
        r"|user id)\s?=[^\r\n\"'<>]{1,250}?;\s?(?i:password|pwd)\s?=\s?([^\s\"'<>;&]{4,128}"
        ")"
    ),
    anchor=r";\s?(?i:password|pwd)\s?=\s?[^\s\"'<>;&]{4}",
    max_chars=450,
    keywords=("assword", "ASSWORD", "wd", "WD"),
    path="app/appsettings.json",
    remediation=(
        "Change the password of the login, and hand the string over when the container "
        "runs, or log in by an identity."
    ),
    references=(
        "https://learn.microsoft.com/en-us/dotnet/framework/data/adonet/connection-string-syntax",
    ),
    bad=lambda random: random.choice(
        (
            (
                '"Default": "Server=db.internal,1433;Database=main;User '
                f'Id=app;Password={drawn(random)};Encrypt=True"'
            ),
            (
                '<add connectionString="Data Source=db;Initial Catalog=main;User '
                f'ID=app;Password={drawn(random)}" />'
            ),
            f"DSN=Driver={{ODBC Driver 18}};Server=db;Uid=app;Pwd={drawn(random)};",
        )
    ),
    good=lambda random: random.choice(
        (
            '"Default": "Server=db.internal;Database=main;Integrated Security=True"',
            (
                '"Default": "Server=db.internal;Database=main;User '
                f'Id=app;Password={stand_in(random)}"'
            ),
            "Server=db;Uid=app;Pwd=;",
        )
    ),
)
def connection_string_password(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that login."""
    return password(value)
