"""Figma: personal access tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"figd_{text(random, 40, BASE64URL)}"


@secret(
    id="figma-personal-token",
    title="Figma personal access token",
    pattern=r"\b(figd_[0-9A-Za-z_-]{40})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"figd_[0-9A-Za-z_-]{40}",
    max_chars=47,
    keywords=("figd_",),
    binary=True,
    remediation=f"{REVOKE}: Settings, Security.",
    references=("https://developers.figma.com/docs/rest-api/authentication/",),
    bad=lambda random: assigned(random, "figma", _token(random)),
    good=lambda random: assigned(random, "figma", unlike(random, "figd_", 40, BASE64URL)),
)
def figma_personal_token(value: str) -> Claim | None:
    """Whoever holds it reads the designs that its owner may see, and comments on them."""
    return NOTHING_MORE if is_drawn(value) else None
