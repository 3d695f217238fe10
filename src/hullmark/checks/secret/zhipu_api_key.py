"""Zhipu AI: API keys of GLM models."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ZHIPU_API_KEY",
    "zhipuai.key",
    "ZAI_API_KEY",
)


def _token(random: Random) -> str:
    return f"{text(random, 32, HEX)}.{text(random, 16)}"


@secret(
    id="zhipu-api-key",
    title="Zhipu AI API key",
    **named(
        "zhipu",
        "zhipuai",
        "glm_api",
        "zai_api",
        value=r"[0-9a-f]{32}\.[0-9A-Za-z]{16}",
        chars=49,
        words="key|token",
    ),
    entropy=3.5,
    remediation=f"{REVOKE}: the console, API keys.",
    references=("https://docs.z.ai/guides/overview/quick-start",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 49)),
)
def zhipu_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
