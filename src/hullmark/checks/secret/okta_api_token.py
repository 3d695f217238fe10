"""Okta: API tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "OKTA_API_TOKEN",
    "okta.client.token",
    "oktaApiToken",
)


def _token(random: Random) -> str:
    return f"00{text(random, 40)}"


@secret(
    id="okta-api-token",
    title="Okta API token",
    severity=Severity.CRITICAL,
    **named("okta", "ssws", value=r"00[0-9A-Za-z_-]{40}", chars=42, end=r"(?:[^0-9A-Za-z_-]|$)"),
    entropy=4.0,
    remediation=f"{REVOKE}: Security, API, Tokens.",
    references=("https://developer.okta.com/docs/guides/create-an-api-token/main/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 42)),
)
def okta_api_token(value: str) -> Claim | None:
    """Whoever holds it may do all that its maker may: add administrators, reset passwords."""
    return NOTHING_MORE if is_drawn(value) else None
