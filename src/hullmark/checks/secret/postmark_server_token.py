"""Postmark: tokens of servers and accounts, which are plain UUIDs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return uuid(random)


NAMES = (
    "X-Postmark-Server-Token",
    "POSTMARK_API_TOKEN",
    "postmark_server_token",
)


@secret(
    id="postmark-server-token",
    title="Postmark server token",
    **named(
        "postmark", value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", chars=36
    ),
    remediation=f"{REVOKE}: the server's API Tokens.",
    references=("https://postmarkapp.com/developer/api/overview#authentication",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 36, HEX)),
)
def postmark_server_token(value: str) -> Claim | None:
    """Whoever holds it sends mail in the name of the server's domains.

    It reads what was sent and what bounced.
    """
    return NOTHING_MORE if is_drawn(value) else None
