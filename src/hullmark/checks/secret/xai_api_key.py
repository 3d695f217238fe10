"""xAI: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"xai-{text(random, 80)}"


@secret(
    id="xai-api-key",
    title="xAI API key",
    pattern=r"\b(xai-[0-9A-Za-z]{80})\b",
    anchor=r"xai-[0-9A-Za-z]{80}",
    max_chars=86,
    keywords=("xai-",),
    binary=True,
    remediation=f"{REVOKE}: the console, API Keys.",
    references=("https://docs.x.ai/docs/tutorial",),
    bad=lambda random: assigned(random, "xai", _token(random)),
    good=lambda random: assigned(random, "xai", unlike(random, "xai-", 80)),
)
def xai_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
