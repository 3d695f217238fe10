"""Oracle Database: addresses of databases."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="oracle-url",
    title="Oracle Database address with a password",
    severity=Severity.HIGH,
    **carrying(r"oracle(?:\+[a-z0-9_]{3,12})?"),
    path="app/.env",
    remediation=(
        "Change the user's password (ALTER USER ... IDENTIFIED BY), and hand the address "
        "over when the container runs."
    ),
    references=("https://docs.oracle.com/en/database/",),
    bad=lambda random: address(random, random.choice(("oracle", "oracle+cx_oracle"))),
    good=lambda random: harmless(random, random.choice(("oracle", "oracle+cx_oracle"))),
)
def oracle_url(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return password(value)
