"""Mollie: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "MOLLIE_API_KEY",
    "mollie.key",
    "mollieApiKey",
)


def _token(random: Random) -> str:
    return f"{random.choice(('live', 'test'))}_{text(random, 30)}"


@secret(
    id="mollie-api-key",
    title="Mollie API key",
    severity=Severity.CRITICAL,
    **named(
        "mollie",
        value=r"(?:live|test)_[0-9A-Za-z]{30,36}",
        chars=41,
    ),
    remediation=f"{REVOKE}: the Dashboard, Developers, API keys.",
    references=("https://docs.mollie.com/reference/authentication",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 41)),
)
def mollie_api_key(value: str) -> Claim | None:
    """Whoever holds it takes payments and refunds in the merchant's name.

    One of test mode does nothing real.
    """
    if not is_drawn(value):
        return None
    if value.startswith("test_"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
