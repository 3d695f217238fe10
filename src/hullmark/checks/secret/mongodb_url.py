"""MongoDB: addresses of databases."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="mongodb-url",
    title="MongoDB address with a password",
    severity=Severity.HIGH,
    **carrying(r"mongodb(?:\+srv)?"),
    path="app/.env",
    remediation=(
        "Change the user's password (db.changeUserPassword), and hand the address over "
        "when the container runs."
    ),
    references=("https://www.mongodb.com/docs/manual/reference/connection-string/",),
    bad=lambda random: address(random, random.choice(("mongodb", "mongodb+srv"))),
    good=lambda random: harmless(random, random.choice(("mongodb", "mongodb+srv"))),
)
def mongodb_url(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return password(value)
