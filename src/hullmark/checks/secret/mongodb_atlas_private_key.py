"""MongoDB Atlas: private halves of API keys, which are plain UUIDs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "MONGODB_ATLAS_PRIVATE_KEY",
    "MCLI_PRIVATE_API_KEY",
    "atlas.api.private_key",
)


def _token(random: Random) -> str:
    return uuid(random)


@secret(
    id="mongodb-atlas-private-key",
    title="MongoDB Atlas private key",
    severity=Severity.CRITICAL,
    **named(
        "mongodb_atlas",
        "atlas_private",
        "atlas_api",
        "mcli_private",
        value=r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
    ),
    remediation=f"{REVOKE}: the organisation's Access Manager.",
    references=("https://www.mongodb.com/docs/atlas/configure-api-access/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 36, HEX)),
)
def mongodb_atlas_private_key(value: str) -> Claim | None:
    """Together with the public key it administers clusters and their users."""
    return NOTHING_MORE if is_drawn(value) else None
