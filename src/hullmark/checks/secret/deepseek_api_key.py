"""DeepSeek: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "DEEPSEEK_API_KEY",
    "deepseek.key",
    "deepseekToken",
)


def _token(random: Random) -> str:
    return f"sk-{text(random, 32, HEX)}"


@secret(
    id="deepseek-api-key",
    title="DeepSeek API key",
    **named("deepseek", value=r"sk-[0-9a-f]{32}", chars=35),
    entropy=3.0,
    remediation=f"{REVOKE}: the platform, API keys.",
    references=("https://api-docs.deepseek.com/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 35, HEX)),
)
def deepseek_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
