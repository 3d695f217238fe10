"""Hugging Face: access tokens of users."""

from random import Random
from string import ascii_letters

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"hf_{text(random, 34, ascii_letters)}"


@secret(
    id="huggingface-token",
    title="Hugging Face token",
    pattern=r"\b(hf_[A-Za-z]{34})\b",
    anchor=r"hf_[A-Za-z]{34}",
    max_chars=39,
    keywords=("hf_",),
    remediation=f"{REVOKE}: Settings, Access Tokens.",
    references=("https://huggingface.co/docs/hub/security-tokens",),
    bad=lambda random: assigned(random, "hf", _token(random)),
    good=lambda random: assigned(random, "hf", unlike(random, "hf_", 34, ascii_letters)),
)
def huggingface_token(value: str) -> Claim | None:
    """Whoever holds it reads the private models and data of its owner.

    One that writes may replace models that others load and run.
    """
    letters = value.rpartition("_")[2]
    if letters.islower() or letters.isupper() or not is_drawn(letters):
        return None
    return NOTHING_MORE
