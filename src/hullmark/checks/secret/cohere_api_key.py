"""Cohere: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "COHERE_API_KEY",
    "CO_API_KEY",
    "cohere.key",
)


def _token(random: Random) -> str:
    return text(random, 40)


@secret(
    id="cohere-api-key",
    title="Cohere API key",
    **named("cohere", "co_api", value=r"[0-9A-Za-z]{40}", chars=40, words="key|token"),
    entropy=4.0,
    remediation=f"{REVOKE}: the dashboard, API keys.",
    references=("https://docs.cohere.com/docs/rate-limits",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 40)),
)
def cohere_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
