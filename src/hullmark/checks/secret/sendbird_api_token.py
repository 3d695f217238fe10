"""Sendbird: tokens of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "SENDBIRD_API_TOKEN",
    "sendbird.token",
    "sendbirdApiToken",
)


def _token(random: Random) -> str:
    return text(random, 40, HEX)


@secret(
    id="sendbird-api-token",
    title="Sendbird API token",
    **named("sendbird", value=r"[0-9a-f]{40}", chars=40, words="token|key"),
    entropy=3.2,
    remediation=f"{REVOKE}: the dashboard, Settings, General.",
    references=("https://sendbird.com/docs/chat/platform-api/v3/prepare-to-use-api",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 40, HEX)),
)
def sendbird_api_token(value: str) -> Claim | None:
    """Whoever holds it reads all messages and writes in any user's name."""
    return NOTHING_MORE if is_drawn(value) else None
