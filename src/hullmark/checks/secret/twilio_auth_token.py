"""Twilio: the auth token of an account."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 32, HEX)


NAMES = (
    "TWILIO_AUTH_TOKEN",
    "twilio.auth_token",
    "twilioAuthToken",
)


@secret(
    id="twilio-auth-token",
    title="Twilio auth token",
    severity=Severity.CRITICAL,
    **named("twilio", value="[0-9a-f]{32}", chars=32, words="auth|secret|token"),
    entropy=3.0,
    remediation=f"{REVOKE}: the console, Account, API keys & tokens, Auth tokens.",
    references=("https://www.twilio.com/docs/iam/api/authtoken",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def twilio_auth_token(value: str) -> Claim | None:
    """Together with the account's SID it controls the whole account.

    That is messages, calls, numbers and recordings.
    """
    return NOTHING_MORE if is_drawn(value) else None
