"""Bittrex: API keys and their secrets."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "BITTREX_API_KEY",
    "BITTREX_SECRET",
    "bittrex.secret",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="bittrex-api-key",
    title="Bittrex API key",
    severity=Severity.LOW,
    **named("bittrex", value=r"[0-9a-f]{32}", chars=32),
    entropy=3.0,
    remediation=f"{REVOKE}: any other account that uses the same.",
    references=("https://bittrex.github.io/api/v3",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def bittrex_api_key(value: str) -> Claim | None:
    """A key and its secret together saw and moved an account's coins until the exchange closed.

    Other accounts may use the same.
    """
    return NOTHING_MORE if is_drawn(value) else None
