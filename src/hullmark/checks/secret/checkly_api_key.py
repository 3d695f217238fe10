"""Checkly: API keys of users."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"cu_{text(random, 32, HEX)}"


@secret(
    id="checkly-api-key",
    title="Checkly API key",
    pattern=r"\b(cu_[0-9a-f]{32})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"cu_[0-9a-f]{32}",
    max_chars=37,
    keywords=("cu_",),
    entropy=3.0,
    remediation=f"{REVOKE}: User Settings, API keys.",
    references=("https://www.checklyhq.com/docs/accounts-and-users/creating-api-key/",),
    bad=lambda random: assigned(random, "checkly", _token(random)),
    good=lambda random: assigned(random, "checkly", unlike(random, "cu_", 32, HEX)),
)
def checkly_api_key(value: str) -> Claim | None:
    """Whoever holds it changes and deletes checks, and reads their variables."""
    return NOTHING_MORE if is_drawn(value) else None
