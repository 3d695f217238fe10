"""PostgreSQL: addresses of databases."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="postgres-url",
    title="PostgreSQL address with a password",
    severity=Severity.HIGH,
    **carrying("postgres(?:ql)?", r"postgres(?:ql)?\+[a-z0-9]{3,12}", "cockroachdb"),
    path="app/.env",
    remediation=(
        "Change the role's password (ALTER ROLE ... PASSWORD), and hand the address over "
        "when the container runs."
    ),
    references=(
        "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS",
    ),
    bad=lambda random: address(
        random, random.choice(("postgresql", "postgres", "postgresql+asyncpg"))
    ),
    good=lambda random: harmless(
        random, random.choice(("postgresql", "postgres", "postgresql+asyncpg"))
    ),
)
def postgres_url(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return password(value)
