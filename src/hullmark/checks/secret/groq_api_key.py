"""Groq: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"gsk_{text(random, 52)}"


@secret(
    id="groq-api-key",
    title="Groq API key",
    pattern=r"\b(gsk_[0-9A-Za-z]{52})\b",
    anchor=r"gsk_[0-9A-Za-z]{52}",
    max_chars=58,
    keywords=("gsk_",),
    remediation=f"{REVOKE}: the console, API Keys.",
    references=("https://console.groq.com/docs/quickstart",),
    bad=lambda random: assigned(random, "groq", _token(random)),
    good=lambda random: assigned(random, "groq", unlike(random, "gsk_", 52)),
)
def groq_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
