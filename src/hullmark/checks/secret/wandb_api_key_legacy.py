"""Weights & Biases: API keys of 40 hexadecimal digits."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "WANDB_API_KEY",
    "wandb.key",
    "wandbToken",
)


def _token(random: Random) -> str:
    return text(random, 40, HEX)


@secret(
    id="wandb-api-key-legacy",
    title="Weights & Biases API key of the older form",
    **named("wandb", "weights_biases", value=r"[0-9a-f]{40}", chars=40, words="key|token"),
    entropy=3.2,
    path="train/run.sh",
    remediation=f"{REVOKE}: User Settings, API keys.",
    references=("https://docs.wandb.ai/guides/track/environment-variables",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 40, HEX)),
)
def wandb_api_key_legacy(value: str) -> Claim | None:
    """Whoever holds it reads and writes the runs, models and data of its owner's projects."""
    return NOTHING_MORE if is_drawn(value) else None
