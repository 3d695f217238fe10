"""Weights & Biases: API keys with a prefix."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"wandb_v1_{text(random, 27)}_{text(random, 49)}"


@secret(
    id="wandb-api-key",
    title="Weights & Biases API key",
    pattern=r"\b(wandb_v1_[0-9A-Za-z]{27}_[0-9A-Za-z]{49})\b",
    anchor=r"wandb_v1_[0-9A-Za-z]{27}_[0-9A-Za-z]{49}",
    max_chars=88,
    keywords=("wandb_v1_",),
    binary=True,
    remediation=f"{REVOKE}: User Settings, API keys.",
    references=("https://docs.wandb.ai/guides/track/environment-variables",),
    bad=lambda random: assigned(random, "wandb", _token(random)),
    good=lambda random: assigned(random, "wandb", unlike(random, "wandb_v1_", 70)),
)
def wandb_api_key(value: str) -> Claim | None:
    """Whoever holds it reads and writes the runs, models and data of its owner's projects."""
    return NOTHING_MORE if is_drawn(value) else None
