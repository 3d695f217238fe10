"""Splunk: tokens of the event collector, which are plain UUIDs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "SPLUNK_HEC_TOKEN",
    "splunk.token",
    "splunk-token",
)


def _token(random: Random) -> str:
    return uuid(random)


@secret(
    id="splunk-hec-token",
    title="Splunk HTTP event collector token",
    severity=Severity.MEDIUM,
    **named(
        "splunk",
        "hec_token",
        value=r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="token|key",
    ),
    remediation=f"{REVOKE}: Settings, Data inputs, HTTP Event Collector.",
    references=(
        "https://help.splunk.com/en/splunk-enterprise/get-started/get-data-in/9.4/get-data-with-http-event-collector/set-up-and-use-http-event-collector-in-splunk-web",
    ),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 36, HEX)),
)
def splunk_hec_token(value: str) -> Claim | None:
    """Whoever holds it writes made-up events among those that prove what happened."""
    return NOTHING_MORE if is_drawn(value) else None
