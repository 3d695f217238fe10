"""Logz.io: tokens that send logs."""

from random import Random
from string import ascii_letters

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "LOGZIO_TOKEN",
    "logz.io-token",
    "logzioShippingToken",
)


def _token(random: Random) -> str:
    return text(random, 32, ascii_letters)


@secret(
    id="logz-shipping-token",
    title="Logz.io shipping token",
    severity=Severity.MEDIUM,
    **named("logz_io", "logzio", "logz", value=r"[A-Za-z]{32}", chars=32, words="token"),
    entropy=3.9,
    remediation=f"{REVOKE}: Settings, Manage tokens, Data shipping tokens.",
    references=(
        "https://docs.logz.io/docs/user-guide/admin/authentication-tokens/log-shipping-token/",
    ),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, ascii_letters)),
)
def logz_shipping_token(value: str) -> Claim | None:
    """Whoever holds it writes made-up logs at the account's cost."""
    return NOTHING_MORE if is_drawn(value) and not (value.islower() or value.isupper()) else None
