"""Shodan: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "SHODAN_API_KEY",
    "shodan.key",
    "shodanToken",
)


def _token(random: Random) -> str:
    return text(random, 32)


@secret(
    id="shodan-api-key",
    title="Shodan API key",
    severity=Severity.MEDIUM,
    **named("shodan", value=r"[0-9A-Za-z]{32}", chars=32, words="key|token"),
    entropy=3.9,
    remediation=f"{REVOKE}: the account page, Reset API Key.",
    references=("https://developer.shodan.io/api/requirements",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32)),
)
def shodan_api_key(value: str) -> Claim | None:
    """Whoever holds it searches at the account's cost."""
    if value.islower() or value.isupper() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
