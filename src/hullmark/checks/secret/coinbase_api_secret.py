"""Coinbase: secrets of API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "COINBASE_API_SECRET",
    "coinbase.secret",
    "coinbaseApiSecret",
)


def _token(random: Random) -> str:
    return random.choice((text(random, 32), f"{text(random, 86, BASE64)}=="))


@secret(
    id="coinbase-api-secret",
    title="Coinbase API secret",
    severity=Severity.CRITICAL,
    **named(
        "coinbase",
        value=r"(?:[0-9A-Za-z]{32}|[0-9A-Za-z+/]{86}==)",
        chars=88,
        words="secret",
        end=r"(?:[^0-9A-Za-z+/=]|$)",
    ),
    entropy=3.7,
    remediation=f"{REVOKE}: the API settings.",
    references=("https://docs.cdp.coinbase.com/get-started/authentication/overview",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 88)),
)
def coinbase_api_secret(value: str) -> Claim | None:
    """Together with the key's id it trades, and moves coins where the key may."""
    return NOTHING_MORE if is_drawn(value) else None
