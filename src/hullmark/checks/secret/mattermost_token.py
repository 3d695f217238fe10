"""Mattermost: tokens of people and of bots."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "MATTERMOST_TOKEN",
    "mattermost.bot_token",
    "mattermostAccessToken",
)


def _token(random: Random) -> str:
    return text(random, 26, LOWER)


@secret(
    id="mattermost-token",
    title="Mattermost token",
    **named("mattermost", value=r"[0-9a-z]{26}", chars=26, words="token|key"),
    entropy=3.4,
    remediation=f"{REVOKE}: the profile, Security, Personal Access Tokens.",
    references=(
        "https://docs.mattermost.com/administration-guide/onboard/user-provisioning-workflows.html",
    ),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 26, LOWER)),
)
def mattermost_token(value: str) -> Claim | None:
    """Whoever holds it reads and writes in the person's or the bot's name."""
    if value.isalpha() or value.isdigit():
        return None
    return NOTHING_MORE if is_drawn(value) else None
