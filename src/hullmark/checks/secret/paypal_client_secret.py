"""PayPal: secrets of REST applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "PAYPAL_CLIENT_SECRET",
    "paypal.secret",
    "paypal_secret_key",
)


def _token(random: Random) -> str:
    return f"E{text(random, 79)}"


@secret(
    id="paypal-client-secret",
    title="PayPal client secret",
    severity=Severity.CRITICAL,
    **named("paypal", value=r"E[0-9A-Za-z_-]{79}", chars=80, end=r"(?:[^0-9A-Za-z_-]|$)"),
    entropy=4.0,
    remediation=f"{REVOKE}: the developer dashboard, Apps & Credentials.",
    references=("https://developer.paypal.com/api/rest/authentication/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 80)),
)
def paypal_client_secret(value: str) -> Claim | None:
    """Together with the client's id it takes payments and pays out from the account."""
    return NOTHING_MORE if is_drawn(value) else None
