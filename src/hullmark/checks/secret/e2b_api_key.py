"""E2B: API keys of teams."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"e2b_{text(random, 40, HEX)}"


@secret(
    id="e2b-api-key",
    title="E2B API key",
    pattern=r"\b(e2b_[0-9a-f]{40})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"e2b_[0-9a-f]{40}",
    max_chars=46,
    keywords=("e2b_",),
    entropy=3.2,
    remediation=f"{REVOKE}: the dashboard, Keys.",
    references=("https://e2b.dev/docs/api-key",),
    bad=lambda random: assigned(random, "e2b", _token(random)),
    good=lambda random: assigned(random, "e2b", unlike(random, "e2b_", 40, HEX)),
)
def e2b_api_key(value: str) -> Claim | None:
    """Whoever holds it runs code in the team's sandboxes, at its cost."""
    return NOTHING_MORE if is_drawn(value) else None
