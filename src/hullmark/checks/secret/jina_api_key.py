"""Jina AI: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"jina_{text(random, 32, HEX)}{text(random, 28)}"


@secret(
    id="jina-api-key",
    title="Jina AI API key",
    pattern=r"\b(jina_[0-9a-f]{32}[0-9A-Za-z_-]{28})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"jina_[0-9a-f]{32}[0-9A-Za-z_-]{28}",
    max_chars=70,
    keywords=("jina_",),
    binary=True,
    remediation=f"{REVOKE}: the dashboard, API keys.",
    references=("https://jina.ai/api-dashboard/",),
    bad=lambda random: assigned(random, "jina", _token(random)),
    good=lambda random: assigned(random, "jina", unlike(random, "jina_", 60)),
)
def jina_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
