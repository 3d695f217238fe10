"""Beamer: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "BEAMER_API_KEY",
    "beamer.key",
    "beamerToken",
)


def _token(random: Random) -> str:
    return f"b_{text(random, 44)}"


@secret(
    id="beamer-api-key",
    title="Beamer API key",
    severity=Severity.MEDIUM,
    **named("beamer", value=r"b_[0-9A-Za-z_=/+-]{44}", chars=46, end=r"(?:[^0-9A-Za-z_=/+-]|$)"),
    entropy=4.0,
    remediation=f"{REVOKE}: Settings, API.",
    references=("https://www.getbeamer.com/api",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 46)),
)
def beamer_api_key(value: str) -> Claim | None:
    """Whoever holds it publishes announcements that the product's users see."""
    return NOTHING_MORE if is_drawn(value) else None
