"""Hugging Face: API tokens of organisations."""

from random import Random
from string import ascii_letters

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"api_org_{text(random, 34, ascii_letters)}"


@secret(
    id="huggingface-organization-token",
    title="Hugging Face organisation token",
    pattern=r"\b(api_org_[A-Za-z]{34})\b",
    anchor=r"api_org_[A-Za-z]{34}",
    max_chars=44,
    keywords=("api_org_",),
    binary=True,
    remediation=f"{REVOKE}: the organisation's settings.",
    references=("https://huggingface.co/docs/hub/security-tokens",),
    bad=lambda random: assigned(random, "hf", _token(random)),
    good=lambda random: assigned(random, "hf", unlike(random, "api_org_", 34, ascii_letters)),
)
def huggingface_organization_token(value: str) -> Claim | None:
    """Whoever holds it reads whatever the organisation keeps.

    That includes private models and data.
    """
    letters = value.rpartition("_")[2]
    if letters.islower() or letters.isupper() or not is_drawn(letters):
        return None
    return NOTHING_MORE
