"""MySQL: servers started without a password."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="mysql-empty-password",
    title="MySQL started with an empty root password",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=(
        r"\b(?:MYSQL|MARIADB)_ALLOW_EMPTY(?:_ROOT)?_PASSWORD[\"\']?[ \t]{0,4}[:=][ \t]{0,4}"
        r"[\"\']?(yes|true|1|YES|TRUE)\b"
    ),
    anchor=(
        r"\b(?:MYSQL|MARIADB)_ALLOW_EMPTY(?:_ROOT)?_PASSWORD[\"\']?[ \t]{0,4}[:=][ \t]{0,4}"
        r"[\"\']?(yes|true|1|YES|TRUE)\b"
    ),
    max_chars=70,
    keywords=("_ALLOW_EMPTY_",),
    names=("*.env", ".env", "*.sh", "*.yml", "*.yaml", "Dockerfile*"),
    path="srv/docker-compose.yml",
    remediation="Leave it out, and set a password from a mounted file.",
    references=("https://hub.docker.com/_/mysql",),
    bad=lambda random: random.choice(
        ("MYSQL_ALLOW_EMPTY_PASSWORD=yes", '      MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: "1"')
    ),
    good=lambda random: random.choice(
        (
            "MYSQL_ALLOW_EMPTY_PASSWORD=no",
            "MYSQL_ALLOW_EMPTY_PASSWORD=",
            "MYSQL_RANDOM_ROOT_PASSWORD=yes",
        )
    ),
)
def mysql_empty_password(_: str) -> Claim | None:
    """Anybody who reaches the database is its root."""
    return NOTHING_MORE
