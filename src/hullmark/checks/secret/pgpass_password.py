"""PostgreSQL: .pgpass."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


@secret(
    id="pgpass-password",
    title="Password in .pgpass",
    severity=Severity.HIGH,
    pattern=r"[A-Za-z0-9.*_/-]{1,255}:(?:[0-9]{2,5}|\*):[^:\s]{1,63}:[^:\s]{1,63}:([^\s:]{4,128})",
    anchor=r":(?:[0-9]{4,5}|\*):[A-Za-z_*][^:\s]{0,62}:[A-Za-z_*][^:\s]{0,62}:[^\s:]{4}",
    max_chars=530,
    keywords=(":",),
    names=(".pgpass", "pgpass", "pgpass.conf"),
    path="root/.pgpass",
    remediation="Change the role's password, and mount the file when the container runs.",
    references=("https://www.postgresql.org/docs/current/libpq-pgpass.html",),
    bad=lambda random: f"db.internal:5432:main:app:{drawn(random)}",
    good=lambda random: random.choice(
        (
            "# hostname:port:database:username:password",
            "db.internal:5432:main:app:",
            f"*:5432:*:app:{stand_in(random)}",
        )
    ),
)
def pgpass_password(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that role."""
    return password(value)
