"""PostgreSQL: log-ins without a password."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="postgres-trusts-everybody",
    title="PostgreSQL started to trust everybody",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=r"\bPOSTGRES_HOST_AUTH_METHOD[\"\']?[ \t]{0,4}[:=][ \t]{0,4}[\"\']?(trust)\b",
    anchor=r"\bPOSTGRES_HOST_AUTH_METHOD[\"\']?[ \t]{0,4}[:=][ \t]{0,4}[\"\']?(trust)\b",
    max_chars=60,
    keywords=("POSTGRES_HOST_AUTH_METHOD",),
    names=("*.env", ".env", "*.sh", "*.yml", "*.yaml", "Dockerfile*"),
    path="srv/docker-compose.yml",
    remediation="Leave it out, and set a password from a mounted file.",
    references=("https://hub.docker.com/_/postgres",),
    bad=lambda random: random.choice(
        ("POSTGRES_HOST_AUTH_METHOD=trust", "      POSTGRES_HOST_AUTH_METHOD: trust")
    ),
    good=lambda random: random.choice(
        (
            "POSTGRES_HOST_AUTH_METHOD=scram-sha-256",
            "POSTGRES_HOST_AUTH_METHOD=$METHOD",
        )
    ),
)
def postgres_trusts_everybody(_: str) -> Claim | None:
    """Anybody who reaches the database is its superuser."""
    return NOTHING_MORE
