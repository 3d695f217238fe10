"""Razorpay: secrets of API keys and webhooks."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "RAZORPAY_KEY_SECRET",
    "razorpay.secret",
    "razorpayKeySecret",
)


def _token(random: Random) -> str:
    return text(random, 24)


@secret(
    id="razorpay-key-secret",
    title="Razorpay key secret",
    severity=Severity.CRITICAL,
    **named("razorpay", "rzp_key", value=r"[0-9A-Za-z]{24}", chars=24, words="secret"),
    entropy=3.5,
    remediation=f"{REVOKE}: Account & Settings, API Keys.",
    references=("https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 24)),
)
def razorpay_key_secret(value: str) -> Claim | None:
    """Together with the key's id it takes payments and pays out from the account."""
    return NOTHING_MORE if is_drawn(value) else None
