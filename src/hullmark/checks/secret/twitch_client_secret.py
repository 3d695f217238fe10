"""Twitch: secrets of applications, and tokens of people."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, given, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "TWITCH_CLIENT_SECRET",
    "twitch.token",
    "twitchOauth",
)


def _token(random: Random) -> str:
    return f"{random.choice(('', 'oauth:'))}{text(random, 30, LOWER)}"


def _lookalike(random: Random) -> str:
    return random.choice(
        (
            text(random, 25, LOWER),
            text(random, 44, LOWER),
            uuid(random),
            "${TWITCH_SECRET}",
        )
    )


@secret(
    id="twitch-client-secret",
    title="Twitch client secret",
    **named(
        "twitch",
        value=r"(?:oauth:)?[0-9a-z]{30}",
        chars=36,
        words="secret|token|oauth|pass",
    ),
    entropy=3.5,
    remediation=f"{REVOKE}: the developer console.",
    references=("https://dev.twitch.tv/docs/authentication/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, _lookalike(random)),
)
def twitch_client_secret(value: str) -> Claim | None:
    """It asks for tokens in the application's name, or writes in chats in a person's."""
    return NOTHING_MORE if is_drawn(value) else None
