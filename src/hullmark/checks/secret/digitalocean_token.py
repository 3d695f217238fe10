"""DigitalOcean personal access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"dop_v1_{text(random, 64, HEX)}"


@secret(
    id="digitalocean-token",
    title="DigitalOcean personal access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(dop_v1_[0-9a-f]{64})\b",
    anchor=r"dop_v1_[0-9a-f]{64}",
    max_chars=72,
    keywords=("dop_v1_",),
    binary=True,
    remediation=f"{REVOKE}: DigitalOcean, API, Tokens.",
    references=("https://docs.digitalocean.com/reference/api/create-personal-access-token/",),
    bad=lambda random: assigned(random, "digitalocean", _token(random)),
    good=lambda random: assigned(random, "digitalocean", unlike(random, "dop_v1_", 64, HEX)),
)
def digitalocean_token(_: str) -> Claim | None:
    """It acts as its owner on DigitalOcean.

    Whoever holds it makes and deletes machines, and reads disks and databases.
    """
    return NOTHING_MORE
