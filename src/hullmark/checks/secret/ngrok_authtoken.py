"""ngrok: tokens of agents and of the API."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "NGROK_AUTHTOKEN",
    "ngrok.authtoken",
    "ngrok_auth_token",
)


def _token(random: Random) -> str:
    return f"2{text(random, 26)}_{text(random, 21)}"


@secret(
    id="ngrok-authtoken",
    title="ngrok authtoken",
    **named(
        "ngrok",
        "authtoken",
        value=r"[1-9][0-9A-Za-z]{26}_[0-9A-Za-z]{19,24}",
        chars=52,
        words="",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: the dashboard, Your Authtoken.",
    references=("https://ngrok.com/docs/agent/#authtokens",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 52)),
)
def ngrok_authtoken(value: str) -> Claim | None:
    """Whoever holds it opens tunnels in the account's name, at its addresses."""
    return NOTHING_MORE if is_drawn(value) else None
