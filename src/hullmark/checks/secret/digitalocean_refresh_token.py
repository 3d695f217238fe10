"""DigitalOcean refresh token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"dor_v1_{text(random, 64, HEX)}"


@secret(
    id="digitalocean-refresh-token",
    title="DigitalOcean refresh token",
    pattern=r"\b(dor_v1_[0-9a-f]{64})\b",
    anchor=r"dor_v1_[0-9a-f]{64}",
    max_chars=72,
    keywords=("dor_v1_",),
    binary=True,
    remediation=f"{REVOKE}: DigitalOcean, API, Tokens.",
    references=("https://docs.digitalocean.com/reference/api/create-personal-access-token/",),
    bad=lambda random: assigned(random, "digitalocean", _token(random)),
    good=lambda random: assigned(random, "digitalocean", unlike(random, "dor_v1_", 64, HEX)),
)
def digitalocean_refresh_token(_: str) -> Claim | None:
    """It buys new OAuth tokens of DigitalOcean.

    Whoever holds it keeps its access when the old token ends.
    """
    return NOTHING_MORE
