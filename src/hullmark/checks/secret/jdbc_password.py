"""JDBC: addresses with a password among their options."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


@secret(
    id="jdbc-password",
    title="JDBC address with a password",
    severity=Severity.HIGH,
    pattern=r"jdbc:[a-z0-9:]{2,30}[^\s\"'<>]{1,300}?[?&;](?i:password|pwd)=([^\s\"'<>&;]{4,128})",
    anchor=r"jdbc:[a-z0-9:]{2,30}[^\s\"'<>]{1,300}?[?&;](?i:password|pwd)=[^\s\"'<>&;]{4}",
    max_chars=520,
    keywords=("jdbc:",),
    path="app/application.properties",
    remediation=(
        "Change the password of the database user, and hand it over when the container runs."
    ),
    references=("https://jdbc.postgresql.org/documentation/use/",),
    bad=lambda random: (
        f"db.url=jdbc:postgresql://db.internal:5432/main?user=app&password={drawn(random)}&ssl=true"
    ),
    good=lambda random: random.choice(
        (
            "db.url=jdbc:postgresql://db.internal:5432/main?user=app",
            f"db.url=jdbc:mysql://db.internal/main?user=app&password={stand_in(random)}",
            "jdbc:sqlserver://db.internal;user=sa;password=<password>",
        )
    ),
)
def jdbc_password(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return password(value)
