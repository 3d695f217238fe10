"""Shell: PGPASSWORD."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="postgres-password-variable",
    title="PostgreSQL password in PGPASSWORD",
    severity=Severity.HIGH,
    **following(r"\bPGPASSWORD[\"\']?[ \t]{0,2}[:=][ \t]{0,2}", "PGPASSWORD", chars=30),
    path="srv/backup.sh",
    remediation="Change it, and hand it over by a password file.",
    references=("https://www.postgresql.org/docs/current/libpq-envars.html",),
    bad=lambda random: f"PGPASSWORD={drawn(random)} pg_dump -h db.internal main",
    good=lambda random: random.choice(
        (
            "PGPASSWORD=$DB_PASSWORD pg_dump main",
            'PGPASSWORD="${DB}" psql',
            f"PGPASSWORD={stand_in(random)} psql",
            "export PGPASSWORD",
        )
    ),
)
def postgres_password_variable(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that role."""
    return password(value)
