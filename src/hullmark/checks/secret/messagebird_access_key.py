"""MessageBird (now Bird): access keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "MESSAGEBIRD_ACCESS_KEY",
    "messagebird.key",
    "messagebirdApiKey",
)


def _token(random: Random) -> str:
    return text(random, 25)


@secret(
    id="messagebird-access-key",
    title="MessageBird access key",
    **named("messagebird", value=r"[0-9A-Za-z]{25}", chars=25, words="key|token"),
    entropy=3.6,
    remediation=f"{REVOKE}: the dashboard, Developers, API access.",
    references=("https://developers.messagebird.com/api/#authentication",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 25)),
)
def messagebird_access_key(value: str) -> Claim | None:
    """Whoever holds it sends messages at the account's cost and reads those that were sent."""
    if value.islower() or value.isupper() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
