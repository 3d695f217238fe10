"""Razorpay: ids of API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("rzp_live_", "rzp_test_"))
    return f"{prefix}{text(random, 14)}"


@secret(
    id="razorpay-key-id",
    title="Razorpay key",
    severity=Severity.MEDIUM,
    pattern=r"\b((?:rzp_live_|rzp_test_)[0-9A-Za-z]{14})\b",
    anchor=r"(?:rzp_live_|rzp_test_)[0-9A-Za-z]{14}",
    max_chars=25,
    keywords=(
        "rzp_live_",
        "rzp_test_",
    ),
    remediation=f"{REVOKE}: Account & Settings, API Keys.",
    references=("https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/",),
    bad=lambda random: assigned(random, "razorpay", _token(random)),
    good=lambda random: assigned(random, "razorpay", unlike(random, "rzp_live_", 14)),
)
def razorpay_key_id(value: str) -> Claim | None:
    """Together with its secret it takes payments and pays out from the account."""
    if not is_drawn(value):
        return None
    if value.startswith("rzp_test"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
