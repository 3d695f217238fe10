"""Pusher: secrets of Channels applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "PUSHER_APP_SECRET",
    "pusher.secret",
    "pusherSecret",
)


def _token(random: Random) -> str:
    return text(random, 20, HEX)


@secret(
    id="pusher-secret",
    title="Pusher secret",
    **named("pusher", value=r"[0-9a-f]{20}", chars=20, words="secret"),
    entropy=2.8,
    remediation=f"{REVOKE}: the dashboard, App Keys.",
    references=("https://pusher.com/docs/channels/library_auth_reference/rest-api/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 20, HEX)),
)
def pusher_secret(value: str) -> Claim | None:
    """Together with the key it writes to all channels of the application."""
    return NOTHING_MORE if is_drawn(value) else None
