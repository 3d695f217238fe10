"""Twilio: SIDs of API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.forms import near
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"SK{text(random, 32, HEX)}"


@secret(
    id="twilio-api-key",
    title="Twilio API key",
    severity=Severity.MEDIUM,
    **near("twilio", "TWILIO", "Twilio", value=r"SK[0-9a-f]{32}\b", chars=34),
    entropy=3.0,
    remediation=f"{REVOKE}: the console, Account, API keys & tokens.",
    references=("https://www.twilio.com/docs/iam/api-keys",),
    bad=lambda random: assigned(random, "twilio", _token(random)),
    good=lambda random: assigned(random, "twilio", unlike(random, "SK", 32, HEX)),
)
def twilio_api_key(value: str) -> Claim | None:
    """Together with its secret it sends messages and calls that the account pays for.

    It also reads who was called.
    """
    return NOTHING_MORE if is_drawn(value) else None
