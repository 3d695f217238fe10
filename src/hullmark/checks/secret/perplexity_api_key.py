"""Perplexity: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"pplx-{text(random, 48)}"


@secret(
    id="perplexity-api-key",
    title="Perplexity API key",
    pattern=r"\b(pplx-[0-9A-Za-z]{48})\b",
    anchor=r"pplx-[0-9A-Za-z]{48}",
    max_chars=55,
    keywords=("pplx-",),
    binary=True,
    remediation=f"{REVOKE}: the settings, API Keys.",
    references=("https://docs.perplexity.ai/guides/getting-started",),
    bad=lambda random: assigned(random, "perplexity", _token(random)),
    good=lambda random: assigned(random, "perplexity", unlike(random, "pplx-", 48)),
)
def perplexity_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
