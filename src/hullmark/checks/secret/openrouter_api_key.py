"""OpenRouter: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"sk-or-v1-{text(random, 64, HEX)}"


@secret(
    id="openrouter-api-key",
    title="OpenRouter API key",
    pattern=r"\b(sk-or-v1-[0-9a-f]{64})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sk-or-v1-[0-9a-f]{64}",
    max_chars=75,
    keywords=("sk-or-v1-",),
    binary=True,
    remediation=f"{REVOKE}: the settings, Keys.",
    references=("https://openrouter.ai/docs/api-reference/authentication",),
    bad=lambda random: assigned(random, "openrouter", _token(random)),
    good=lambda random: assigned(random, "openrouter", unlike(random, "sk-or-v1-", 64, HEX)),
)
def openrouter_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
