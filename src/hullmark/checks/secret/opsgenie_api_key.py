"""Opsgenie: API keys, which are plain UUIDs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "OPSGENIE_API_KEY",
    "opsgenie.apiKey",
    "genieKey",
)


def _token(random: Random) -> str:
    return uuid(random)


@secret(
    id="opsgenie-api-key",
    title="Opsgenie API key",
    **named(
        "opsgenie",
        "genie",
        value=r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="key|token",
    ),
    remediation=f"{REVOKE}: Settings, API key management.",
    references=("https://support.atlassian.com/opsgenie/docs/api-key-management/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 36, HEX)),
)
def opsgenie_api_key(value: str) -> Claim | None:
    """Whoever holds it raises and ends alerts, and reads who is on call."""
    return NOTHING_MORE if is_drawn(value) else None
