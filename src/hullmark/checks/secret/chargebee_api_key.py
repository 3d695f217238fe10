"""Chargebee: API keys of sites."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "CHARGEBEE_API_KEY",
    "chargebee.key",
    "chargebeeApiKey",
)


def _token(random: Random) -> str:
    return f"{random.choice(('live', 'test'))}_{text(random, 34)}"


@secret(
    id="chargebee-api-key",
    title="Chargebee API key",
    severity=Severity.CRITICAL,
    **named(
        "chargebee",
        value=r"(?:live|test)_[0-9A-Za-z]{32,50}",
        chars=55,
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Settings, Configure Chargebee, API Keys.",
    references=("https://apidocs.chargebee.com/docs/api/auth",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 55)),
)
def chargebee_api_key(value: str) -> Claim | None:
    """Whoever holds it changes subscriptions and refunds. One of test mode does nothing real."""
    if not is_drawn(value):
        return None
    if value.startswith("test_"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
