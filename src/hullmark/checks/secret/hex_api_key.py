"""Hex API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 32, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 21, HEX),
            "${HEX_API_KEY}",
            "x" * 32,
            text(random, 56, HEX),
            "your_hex_api_token",
        )
    )


@secret(
    id="hex-api-key",
    title="Hex API key",
    severity=Severity.CRITICAL,
    **named("hex_api", "hexpm", value=r"[0-9a-f]{32}", chars=32, words="key|token"),
    entropy=2.9,
    remediation=f"{REVOKE}: Hex, Dashboard, Keys.",
    references=("https://hex.pm/docs/publish",),
    bad=lambda random: f"HEX_API_KEY={_token(random)}",
    good=lambda random: f"HEX_API_KEY={_other(random)}",
)
def hex_api_key(value: str) -> Claim | None:
    """It acts as its owner on Hex.

    Whoever holds it publishes packages of Elixir and Erlang in the owner's name.
    """
    return NOTHING_MORE if is_drawn(value) else None
