"""Adyen: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "ADYEN_API_KEY",
    "adyen.apiKey",
    "adyen_key",
)


def _token(random: Random) -> str:
    return f"AQE{text(random, 60, BASE64)}-{text(random, 43, BASE64)}="


@secret(
    id="adyen-api-key",
    title="Adyen API key",
    severity=Severity.CRITICAL,
    **named(
        "adyen",
        value=r"AQE[0-9A-Za-z+/=*-]{70,300}",
        chars=304,
        end=r"",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: the Customer Area, Developers, API credentials.",
    references=("https://docs.adyen.com/development-resources/api-credentials",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 80)),
)
def adyen_api_key(value: str) -> Claim | None:
    """Whoever holds it takes payments and refunds in the merchant's name."""
    return NOTHING_MORE if is_drawn(value) else None
