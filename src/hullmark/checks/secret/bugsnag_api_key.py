"""Bugsnag: API keys of projects, and tokens of people."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "BUGSNAG_API_KEY",
    "bugsnag.key",
    "bugsnagApiKey",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="bugsnag-api-key",
    title="Bugsnag API key",
    severity=Severity.MEDIUM,
    **named("bugsnag", value=r"[0-9a-f]{32}", chars=32, words="key|token"),
    entropy=3.0,
    remediation=f"{REVOKE}: the project's settings.",
    references=("https://docs.bugsnag.com/api/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def bugsnag_api_key(value: str) -> Claim | None:
    """Whoever holds it sends made-up errors to the project."""
    return NOTHING_MORE if is_drawn(value) else None
