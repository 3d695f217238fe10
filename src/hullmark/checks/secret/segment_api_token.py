"""Segment: tokens of the public API."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"sgp_{text(random, 64)}"


@secret(
    id="segment-api-token",
    title="Segment public API token",
    pattern=r"\b(sgp_[0-9A-Za-z]{64})\b",
    anchor=r"sgp_[0-9A-Za-z]{64}",
    max_chars=70,
    keywords=("sgp_",),
    remediation=f"{REVOKE}: Workspace settings, Access Management, Tokens.",
    references=("https://segment.com/docs/api/public-api/",),
    bad=lambda random: assigned(random, "segment", _token(random)),
    good=lambda random: assigned(random, "segment", unlike(random, "sgp_", 64)),
)
def segment_api_token(value: str) -> Claim | None:
    """Whoever holds it changes where the workspace sends what it collects about people."""
    return NOTHING_MORE if is_drawn(value) else None
