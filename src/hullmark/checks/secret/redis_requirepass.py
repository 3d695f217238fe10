"""Redis and Valkey: passwords in their configuration."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="redis-requirepass",
    title="Redis password",
    severity=Severity.HIGH,
    names=(
        "redis*.conf",
        "*redis*.conf",
        "valkey*.conf",
        "sentinel*.conf",
        "*compose*.yml",
        "*compose*.yaml",
        "*.sh",
        "Dockerfile*",
        "*.env",
    ),
    **following(
        r"\b(?:requirepass|masterauth|primaryauth)[ \t=]{1,8}",
        "requirepass",
        "masterauth",
        "primaryauth",
        chars=40,
    ),
    path="etc/redis/redis.conf",
    remediation="Change it, and hand it over when the container runs.",
    references=("https://redis.io/docs/latest/operate/oss_and_stack/management/security/",),
    bad=lambda random: f"requirepass {drawn(random)}",
    good=lambda random: random.choice(
        (f"requirepass {stand_in(random)}", "# requirepass foobared", "requirepass")
    ),
)
def redis_requirepass(value: str) -> Claim | None:
    """Whoever reads it reads and writes what the server keeps, and often runs code on it."""
    return password(value)
