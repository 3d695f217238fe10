"""Paddle: API keys of the live and the sandbox system."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    system = random.choice(("live", "sdbx"))
    parts = text(random, 26, LOWER), text(random, 22), text(random, 3)
    return f"pdl_{system}_apikey_{'_'.join(parts)}"


@secret(
    id="paddle-api-key",
    title="Paddle API key",
    severity=Severity.CRITICAL,
    pattern=r"\b(pdl_(?:live|sdbx)_apikey_[0-9a-z]{26}_[0-9A-Za-z]{22}_[0-9A-Za-z]{3})\b",
    anchor=r"pdl_(?:live|sdbx)_apikey_[0-9a-z]{26}_[0-9A-Za-z]{22}_[0-9A-Za-z]{3}",
    max_chars=72,
    keywords=(
        "pdl_live_apikey_",
        "pdl_sdbx_apikey_",
    ),
    binary=True,
    remediation=f"{REVOKE}: Developer Tools, Authentication.",
    references=("https://developer.paddle.com/api-reference/about/api-keys",),
    bad=lambda random: assigned(random, "paddle", _token(random)),
    good=lambda random: assigned(random, "paddle", unlike(random, "pdl_live_apikey_", 50)),
)
def paddle_api_key(value: str) -> Claim | None:
    """Whoever holds it sees customers, changes subscriptions and refunds.

    One of the sandbox does nothing real.
    """
    if not is_drawn(value):
        return None
    if "_sdbx_" in value:
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
