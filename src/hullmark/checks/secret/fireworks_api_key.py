"""Fireworks AI: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "FIREWORKS_API_KEY",
    "fireworks.key",
    "fireworksToken",
)


def _token(random: Random) -> str:
    return f"fw_{text(random, 24)}"


@secret(
    id="fireworks-api-key",
    title="Fireworks AI API key",
    **named("fireworks", value=r"fw_[0-9A-Za-z]{22,24}", chars=27),
    entropy=3.5,
    remediation=f"{REVOKE}: the settings, API Keys.",
    references=("https://docs.fireworks.ai/getting-started/quickstart",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 27)),
)
def fireworks_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
