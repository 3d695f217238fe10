"""Stability AI: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "STABILITY_API_KEY",
    "stability.key",
    "stabilityToken",
)


def _token(random: Random) -> str:
    return f"sk-{text(random, 48)}"


@secret(
    id="stability-api-key",
    title="Stability AI API key",
    **named("stability", "dreamstudio", value=r"sk-[0-9A-Za-z]{48}", chars=51, common=True),
    entropy=4.0,
    remediation=f"{REVOKE}: the account's API keys.",
    references=("https://platform.stability.ai/docs/getting-started/authentication",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 51)),
)
def stability_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
