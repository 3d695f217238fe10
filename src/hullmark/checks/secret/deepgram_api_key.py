"""Deepgram: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "DEEPGRAM_API_KEY",
    "deepgram.key",
    "deepgramToken",
)


def _token(random: Random) -> str:
    return text(random, 40, HEX)


@secret(
    id="deepgram-api-key",
    title="Deepgram API key",
    **named("deepgram", value=r"[0-9a-f]{40}", chars=40),
    entropy=3.2,
    remediation=f"{REVOKE}: the console, API Keys.",
    references=("https://developers.deepgram.com/docs/create-additional-api-keys",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 40, HEX)),
)
def deepgram_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
