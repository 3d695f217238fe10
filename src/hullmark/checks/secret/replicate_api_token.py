"""Replicate: API tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"r8_{text(random, 37)}"


@secret(
    id="replicate-api-token",
    title="Replicate API token",
    pattern=r"\b(r8_[0-9A-Za-z]{37})\b",
    anchor=r"r8_[0-9A-Za-z]{37}",
    max_chars=42,
    keywords=("r8_",),
    entropy=4.0,
    remediation=f"{REVOKE}: the account's API tokens.",
    references=("https://replicate.com/docs/topics/security/api-tokens",),
    bad=lambda random: assigned(random, "replicate", _token(random)),
    good=lambda random: assigned(random, "replicate", unlike(random, "r8_", 37)),
)
def replicate_api_token(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost, and its private ones."""
    return NOTHING_MORE if is_drawn(value) else None
