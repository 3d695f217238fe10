"""MongoDB Atlas: secrets of service accounts."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"mdb_sa_sk_{text(random, 40, BASE64URL)}"


@secret(
    id="mongodb-atlas-client-secret",
    title="MongoDB Atlas client secret",
    severity=Severity.CRITICAL,
    pattern=r"\b(mdb_sa_sk_[0-9A-Za-z_-]{40})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"mdb_sa_sk_[0-9A-Za-z_-]{40}",
    max_chars=52,
    keywords=("mdb_sa_sk_",),
    binary=True,
    remediation=f"{REVOKE}: the organisation's Access Manager.",
    references=("https://www.mongodb.com/docs/atlas/configure-api-access/",),
    bad=lambda random: assigned(random, "mongodb", _token(random)),
    good=lambda random: assigned(random, "mongodb", unlike(random, "mdb_sa_sk_", 40, BASE64URL)),
)
def mongodb_atlas_client_secret(value: str) -> Claim | None:
    """Together with the client's id it administers clusters and their users."""
    return NOTHING_MORE if is_drawn(value) else None
