"""Cerebras: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"csk-{text(random, 48, LOWER)}"


@secret(
    id="cerebras-api-key",
    title="Cerebras API key",
    pattern=r"\b(csk-[0-9a-z]{48})\b",
    anchor=r"csk-[0-9a-z]{48}",
    max_chars=54,
    keywords=("csk-",),
    remediation=f"{REVOKE}: the cloud console, API Keys.",
    references=("https://inference-docs.cerebras.ai/quickstart",),
    bad=lambda random: assigned(random, "cerebras", _token(random)),
    good=lambda random: assigned(random, "cerebras", unlike(random, "csk-", 48, LOWER)),
)
def cerebras_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
