"""PostgreSQL: connection strings of libpq with a password."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


@secret(
    id="libpq-password",
    title="PostgreSQL connection string with a password",
    severity=Severity.HIGH,
    pattern=(
        r"\b(?:host|hostaddr|dbname|user|port)='?[^\s'\"]{1,80}'? (?:[a-z_]{3,20}"
        r"='?[^\s'\"]{1,80}'? ){0,6}password='?([^\s'\"]{4,128})"
    ),
    anchor=r" password='?[^\s'\"]{4}",
    max_chars=900,
    keywords=("password=",),
    path="app/config.ini",
    remediation=(
        "Change the role's password (ALTER ROLE ... PASSWORD), and hand the string over "
        "when the container runs."
    ),
    references=(
        "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE",
    ),
    bad=lambda random: (
        f'dsn = "host=db.internal port=5432 user=app password={drawn(random)} dbname=main"'
    ),
    good=lambda random: random.choice(
        (
            'dsn = "host=db.internal port=5432 user=app dbname=main"',
            f'dsn = "host=db.internal user=app password={stand_in(random)}"',
            "host=%s user=%s password=%s",
        )
    ),
)
def libpq_password(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that role."""
    return password(value)
