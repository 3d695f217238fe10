"""Rollbar: access tokens of projects and accounts."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "ROLLBAR_ACCESS_TOKEN",
    "rollbar.token",
    "rollbarServerKey",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="rollbar-access-token",
    title="Rollbar access token",
    severity=Severity.MEDIUM,
    **named("rollbar", value=r"[0-9a-f]{32}", chars=32, words="token|key", common=True),
    entropy=3.0,
    remediation=f"{REVOKE}: the project's settings, Access Tokens.",
    references=("https://docs.rollbar.com/docs/access-tokens",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def rollbar_access_token(value: str) -> Claim | None:
    """Whoever holds it sends made-up errors, or reads those that are there, as far as it may."""
    return NOTHING_MORE if is_drawn(value) else None
