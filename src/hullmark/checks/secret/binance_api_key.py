"""Binance: API keys and their secrets, 64 characters each."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "BINANCE_API_KEY",
    "BINANCE_SECRET_KEY",
    "binance.secret",
)


def _token(random: Random) -> str:
    return text(random, 64)


@secret(
    id="binance-api-key",
    title="Binance API key",
    severity=Severity.CRITICAL,
    **named("binance", value=r"[0-9A-Za-z]{64}", chars=64),
    entropy=4.2,
    remediation=f"{REVOKE}: Account, API Management.",
    references=(
        "https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security",
    ),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 64)),
)
def binance_api_key(value: str) -> Claim | None:
    """A key and its secret together trade, and move coins where the key may withdraw."""
    return NOTHING_MORE if is_drawn(value) else None
