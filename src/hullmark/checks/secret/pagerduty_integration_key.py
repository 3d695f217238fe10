"""PagerDuty: keys that raise incidents."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "PAGERDUTY_ROUTING_KEY",
    "pagerduty.service_key",
    "pagerdutyIntegrationKey",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="pagerduty-integration-key",
    title="PagerDuty integration key",
    severity=Severity.MEDIUM,
    **named("pagerduty", value=r"[0-9a-f]{32}", chars=32, words="key"),
    entropy=3.0,
    remediation=f"{REVOKE}: the service's integrations.",
    references=("https://support.pagerduty.com/main/docs/services-and-integrations",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def pagerduty_integration_key(value: str) -> Claim | None:
    """Whoever holds it wakes people by made-up incidents, or ends real ones."""
    return NOTHING_MORE if is_drawn(value) else None
