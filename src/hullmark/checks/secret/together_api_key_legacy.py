"""Together AI: API keys of 64 hexadecimal digits."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "TOGETHER_API_KEY",
    "TOGETHER_AI_KEY",
    "togetherai_key",
)


def _token(random: Random) -> str:
    return text(random, 64, HEX)


@secret(
    id="together-api-key-legacy",
    title="Together AI API key of the older form",
    **named("together_ai", "together_api", "togetherai", value=r"[0-9a-f]{64}", chars=64, words=""),
    entropy=3.2,
    remediation=f"{REVOKE}: Settings, API Keys.",
    references=("https://docs.together.ai/docs/quickstart",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 64, HEX)),
)
def together_api_key_legacy(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
