"""Datadog: API keys of organisations."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "DD_API_KEY",
    "datadog.api_key",
    "datadogApiKey",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="datadog-api-key",
    title="Datadog API key",
    severity=Severity.MEDIUM,
    **named("datadog", "dd_api", value=r"[0-9a-f]{32}", chars=32, words="key|token"),
    entropy=3.0,
    remediation=f"{REVOKE}: Organization Settings, API Keys.",
    references=("https://docs.datadoghq.com/account_management/api-app-keys/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def datadog_api_key(value: str) -> Claim | None:
    """Whoever holds it sends made-up measurements, events and logs at the organisation's cost."""
    return NOTHING_MORE if is_drawn(value) else None
