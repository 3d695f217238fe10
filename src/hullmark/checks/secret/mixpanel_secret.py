"""Mixpanel: secrets of projects and of service accounts."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "MIXPANEL_SECRET",
    "mixpanel.api_secret",
    "mixpanelSecret",
)


def _token(random: Random) -> str:
    return text(random, 32)


@secret(
    id="mixpanel-secret",
    title="Mixpanel secret",
    **named("mixpanel", value=r"[0-9A-Za-z]{32}", chars=32, words="secret"),
    entropy=3.2,
    remediation=f"{REVOKE}: the project's settings, or the service account.",
    references=("https://developer.mixpanel.com/reference/service-accounts",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32)),
)
def mixpanel_secret(value: str) -> Claim | None:
    """Whoever holds it exports all events of all users."""
    return NOTHING_MORE if is_drawn(value) else None
