"""Airtable: API keys of the older form, which ended in 2024."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "AIRTABLE_API_KEY",
    "airtable.key",
    "airtableApiKey",
)


def _token(random: Random) -> str:
    return f"key{text(random, 14)}"


@secret(
    id="airtable-api-key",
    title="Airtable API key",
    severity=Severity.LOW,
    **named("airtable", value=r"key[0-9A-Za-z]{14}", chars=17),
    entropy=3.2,
    remediation=f"{REVOKE}: the account page.",
    references=("https://support.airtable.com/docs/airtable-api-key-deprecation-notice",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 17)),
)
def airtable_api_key(value: str) -> Claim | None:
    """It read and changed all that its owner may, until such keys ended in February 2024."""
    return NOTHING_MORE if is_drawn(value) and not value[3:].islower() else None
