"""ClickHouse: addresses of databases."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="clickhouse-url",
    title="ClickHouse address with a password",
    severity=Severity.HIGH,
    **carrying(r"clickhouses?(?:\+[a-z0-9]{3,12})?"),
    path="app/.env",
    remediation=(
        "Change the user's password (ALTER USER), and hand the address over when the "
        "container runs."
    ),
    references=("https://clickhouse.com/docs/interfaces/cli",),
    bad=lambda random: address(random, random.choice(("clickhouse", "clickhouse+native"))),
    good=lambda random: harmless(random, random.choice(("clickhouse", "clickhouse+native"))),
)
def clickhouse_url(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return password(value)
