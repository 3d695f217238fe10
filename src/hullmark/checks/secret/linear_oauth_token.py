"""Linear: tokens of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"lin_oauth_{text(random, 64, HEX)}"


@secret(
    id="linear-oauth-token",
    title="Linear OAuth token",
    pattern=r"\b(lin_oauth_[0-9a-f]{64})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"lin_oauth_[0-9a-f]{64}",
    max_chars=76,
    keywords=("lin_oauth_",),
    binary=True,
    remediation=f"{REVOKE}: Settings, Applications.",
    references=("https://linear.app/developers/oauth-2-0-authentication",),
    bad=lambda random: assigned(random, "linear", _token(random)),
    good=lambda random: assigned(random, "linear", unlike(random, "lin_oauth_", 64, HEX)),
)
def linear_oauth_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes issues as far as the application may."""
    return NOTHING_MORE if is_drawn(value) else None
