"""GoCardless: access tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "GOCARDLESS_ACCESS_TOKEN",
    "gocardless.token",
    "gocardlessToken",
)


def _token(random: Random) -> str:
    return f"{random.choice(('live', 'sandbox'))}_{text(random, 40)}"


@secret(
    id="gocardless-access-token",
    title="GoCardless access token",
    severity=Severity.CRITICAL,
    **named(
        "gocardless",
        value=r"(?:live|sandbox)_[0-9A-Za-z_-]{40}",
        chars=48,
        end=r"(?:[^0-9A-Za-z_-]|$)",
    ),
    remediation=f"{REVOKE}: the Dashboard, Developers, Access tokens.",
    references=("https://developer.gocardless.com/getting-started/api/making-your-first-request/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 48)),
)
def gocardless_access_token(value: str) -> Claim | None:
    """Whoever holds it collects money from customers' bank accounts.

    One of the sandbox does nothing real.
    """
    if not is_drawn(value):
        return None
    if value.startswith("sandbox_"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
