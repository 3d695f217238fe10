"""DigitalOcean OAuth token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"doo_v1_{text(random, 64, HEX)}"


@secret(
    id="digitalocean-oauth-token",
    title="DigitalOcean OAuth token",
    pattern=r"\b(doo_v1_[0-9a-f]{64})\b",
    anchor=r"doo_v1_[0-9a-f]{64}",
    max_chars=72,
    keywords=("doo_v1_",),
    binary=True,
    remediation=f"{REVOKE}: DigitalOcean, API, Tokens.",
    references=("https://docs.digitalocean.com/reference/api/create-personal-access-token/",),
    bad=lambda random: assigned(random, "digitalocean", _token(random)),
    good=lambda random: assigned(random, "digitalocean", unlike(random, "doo_v1_", 64, HEX)),
)
def digitalocean_oauth_token(_: str) -> Claim | None:
    """It acts for a user who allowed an application to.

    Whoever holds it makes and deletes machines as far as its scope goes.
    """
    return NOTHING_MORE
