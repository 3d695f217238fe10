"""Together AI: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"tgp_v1_{text(random, 43, BASE64URL)}"


@secret(
    id="together-api-key",
    title="Together AI API key",
    pattern=r"\b(tgp_v1_[0-9A-Za-z_-]{43})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"tgp_v1_[0-9A-Za-z_-]{43}",
    max_chars=52,
    keywords=("tgp_v1_",),
    binary=True,
    remediation=f"{REVOKE}: Settings, API Keys.",
    references=("https://docs.together.ai/docs/quickstart",),
    bad=lambda random: assigned(random, "together", _token(random)),
    good=lambda random: assigned(random, "together", unlike(random, "tgp_v1_", 43, BASE64URL)),
)
def together_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
