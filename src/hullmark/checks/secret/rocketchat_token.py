"""Rocket.Chat: tokens of people, with their user's id beside them."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ROCKETCHAT_TOKEN",
    "rocketchat.auth_token",
    "ROCKET_CHAT_TOKEN",
)


def _token(random: Random) -> str:
    return text(random, 43)


@secret(
    id="rocketchat-token",
    title="Rocket.Chat token",
    **named(
        "rocketchat",
        "rocket_chat",
        value=r"[0-9A-Za-z_-]{43}",
        chars=43,
        words="token|key|auth",
        end=r"(?:[^0-9A-Za-z_-]|$)",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: the profile, Personal Access Tokens.",
    references=("https://developer.rocket.chat/apidocs/personal-access-tokens",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 43)),
)
def rocketchat_token(value: str) -> Claim | None:
    """Together with the user's id it reads and writes in the person's name."""
    if value.islower() or value.isupper() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
