"""Kraken: API keys and their secrets in base 64."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_bytes, is_drawn
from hullmark.model import Severity

NAMES = (
    "KRAKEN_API_KEY",
    "KRAKEN_PRIVATE_KEY",
    "kraken.secret",
)


def _token(random: Random) -> str:
    return random.choice((text(random, 56, BASE64), f"{text(random, 86, BASE64)}=="))


@secret(
    id="kraken-api-key",
    title="Kraken API key",
    severity=Severity.CRITICAL,
    **named(
        "kraken",
        value=r"(?:[0-9A-Za-z+/]{56}|[0-9A-Za-z+/]{86}==)",
        chars=88,
        end=r"(?:[^0-9A-Za-z+/=]|$)",
    ),
    entropy=4.2,
    remediation=f"{REVOKE}: Settings, API.",
    references=("https://docs.kraken.com/api/docs/guides/spot-rest-auth",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 40)),
)
def kraken_api_key(value: str) -> Claim | None:
    """A key and its secret together trade, and move coins where the key may withdraw."""
    return NOTHING_MORE if is_drawn(value) and base64_bytes(value) is not None else None
