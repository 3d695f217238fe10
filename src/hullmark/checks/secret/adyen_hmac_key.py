"""Adyen: keys that sign notifications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ADYEN_HMAC_KEY",
    "adyen.hmacKey",
    "adyen_hmac_secret",
)


def _token(random: Random) -> str:
    return text(random, 64, HEX).upper()


@secret(
    id="adyen-hmac-key",
    title="Adyen HMAC key",
    **named("adyen", value=r"[0-9A-F]{64}", chars=64, words="hmac"),
    entropy=3.2,
    remediation=f"{REVOKE}: the Customer Area, Developers, Webhooks.",
    references=(
        "https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures",
    ),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 64, HEX)),
)
def adyen_hmac_key(value: str) -> Claim | None:
    """Whoever holds it forges notifications. They report payments that never happened."""
    return NOTHING_MORE if is_drawn(value) else None
