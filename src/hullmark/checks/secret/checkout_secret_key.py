"""Checkout.com: secret keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE32, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"sk_{random.choice(('', 'sbox_'))}{text(random, 26, BASE32.lower())}="


@secret(
    id="checkout-secret-key",
    title="Checkout.com secret key",
    severity=Severity.CRITICAL,
    pattern=r"\b(sk_(?:sbox_)?[a-z2-7]{26}[a-z2-7*#$=])(?:[^0-9A-Za-z_*#$=-]|$)",
    anchor=r"sk_(?:sbox_)?[a-z2-7]{26}[a-z2-7*#$=]",
    max_chars=38,
    keywords=("sk_",),
    entropy=3.3,
    remediation=f"{REVOKE}: the Dashboard, Developers, Keys.",
    references=("https://www.checkout.com/docs/developer-resources/api/manage-api-keys",),
    bad=lambda random: assigned(random, "checkout", _token(random)),
    good=lambda random: assigned(random, "checkout", unlike(random, "sk_", 26, BASE32.lower())),
)
def checkout_secret_key(value: str) -> Claim | None:
    """Whoever holds it takes payments and refunds in the merchant's name.

    One of the sandbox does nothing real.
    """
    if not is_drawn(value) or not any(map(str.isdigit, value)):
        return None
    if value.startswith("sk_sbox"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
