"""Mistral: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "MISTRAL_API_KEY",
    "mistral.key",
    "mistralToken",
)


def _token(random: Random) -> str:
    return text(random, 32)


@secret(
    id="mistral-api-key",
    title="Mistral API key",
    **named("mistral", value=r"[0-9A-Za-z]{32}", chars=32, words="key|token"),
    entropy=3.8,
    remediation=f"{REVOKE}: the console, API keys.",
    references=("https://docs.mistral.ai/getting-started/quickstart",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32)),
)
def mistral_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
