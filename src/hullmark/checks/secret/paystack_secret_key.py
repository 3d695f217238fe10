"""Paystack: secret keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("sk_live_", "sk_test_"))
    return f"{prefix}{text(random, 40, HEX)}"


@secret(
    id="paystack-secret-key",
    title="Paystack secret key",
    severity=Severity.CRITICAL,
    pattern=r"\b((?:sk_live_|sk_test_)[0-9a-f]{40})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:sk_live_|sk_test_)[0-9a-f]{40}",
    max_chars=50,
    keywords=(
        "sk_live_",
        "sk_test_",
    ),
    entropy=3.0,
    remediation=f"{REVOKE}: Settings, API Keys & Webhooks.",
    references=("https://paystack.com/docs/api/authentication/",),
    bad=lambda random: assigned(random, "paystack", _token(random)),
    good=lambda random: assigned(random, "paystack", unlike(random, "sk_live_", 40, HEX)),
)
def paystack_secret_key(value: str) -> Claim | None:
    """Whoever holds it moves money: they charge customers, refund and pay out.

    One of test mode does nothing real.
    """
    if not is_drawn(value):
        return None
    if value.startswith("sk_test"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
