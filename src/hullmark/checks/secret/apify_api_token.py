"""Apify: API tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"apify_api_{text(random, 34)}"


@secret(
    id="apify-api-token",
    title="Apify API token",
    pattern=r"\b(apify_api_[0-9A-Za-z]{34,38})\b",
    anchor=r"apify_api_[0-9A-Za-z]{34}",
    max_chars=50,
    keywords=("apify_api_",),
    binary=True,
    remediation=f"{REVOKE}: Settings, API & Integrations.",
    references=("https://docs.apify.com/platform/integrations/api",),
    bad=lambda random: assigned(random, "apify", _token(random)),
    good=lambda random: assigned(random, "apify", unlike(random, "apify_api_", 34)),
)
def apify_api_token(value: str) -> Claim | None:
    """Whoever holds it runs the account's actors at its cost and reads what they stored."""
    return NOTHING_MORE if is_drawn(value) else None
