"""Etsy: keys of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "ETSY_API_KEY",
    "etsy.keystring",
    "etsyKey",
)


def _token(random: Random) -> str:
    return text(random, 24, LOWER)


@secret(
    id="etsy-api-key",
    title="Etsy API key",
    severity=Severity.MEDIUM,
    **named("etsy", value=r"[0-9a-z]{24}", chars=24, words="key|secret|token"),
    entropy=3.3,
    remediation=f"{REVOKE}: Your apps.",
    references=("https://developers.etsy.com/documentation/essentials/authentication",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 24, LOWER)),
)
def etsy_api_key(value: str) -> Claim | None:
    """Together with a seller's token it reads and changes the shop."""
    if value.isalpha() or value.isdigit():
        return None
    return NOTHING_MORE if is_drawn(value) else None
