"""Redis: addresses of servers."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="redis-url",
    title="Redis address with a password",
    severity=Severity.HIGH,
    **carrying("rediss?", "valkeys?"),
    path="app/.env",
    remediation=(
        "Set another password (ACL SETUSER or requirepass), and hand the address over "
        "when the container runs."
    ),
    references=("https://redis.io/docs/latest/operate/oss_and_stack/management/security/",),
    bad=lambda random: address(random, random.choice(("redis", "rediss"))),
    good=lambda random: harmless(random, random.choice(("redis", "rediss"))),
)
def redis_url(value: str) -> Claim | None:
    """Whoever reads it reads and writes what the server keeps, and often runs code on it."""
    return password(value)
