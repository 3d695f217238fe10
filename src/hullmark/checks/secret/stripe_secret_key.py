"""Stripe: secret and restricted keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

PAYSTACK_CHARS = 40
"""All hexadecimal: keys of Paystack, which begin alike."""


def _token(random: Random) -> str:
    prefix = random.choice(("sk_live_", "rk_live_", "sk_test_", "rk_test_"))
    return f"{prefix}{text(random, 24)}"


@secret(
    id="stripe-secret-key",
    title="Stripe secret key",
    severity=Severity.CRITICAL,
    pattern=r"\b((?:sk_live_|rk_live_|sk_test_|rk_test_)[0-9A-Za-z]{24,128})\b",
    anchor=r"(?:sk_live_|rk_live_|sk_test_|rk_test_)[0-9A-Za-z]{24}",
    max_chars=138,
    keywords=(
        "sk_live_",
        "rk_live_",
        "sk_test_",
        "rk_test_",
    ),
    binary=True,
    remediation=f"{REVOKE}: the Dashboard, Developers, API keys, Roll key.",
    references=("https://docs.stripe.com/keys",),
    bad=lambda random: assigned(random, "stripe", _token(random)),
    good=lambda random: assigned(random, "stripe", unlike(random, "sk_live_", 24)),
)
def stripe_secret_key(value: str) -> Claim | None:
    """Whoever holds it moves money: they charge cards, pay out and refund.

    A restricted key does what it was made for, one of test mode nothing real.
    """
    kind, body = value[:8], value[8:]
    if not is_drawn(body) or (len(body) == PAYSTACK_CHARS and set(body) <= set(HEX)):
        return None
    if "test" in kind:
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
