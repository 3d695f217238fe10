"""Drone token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 32)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 21),
            "${DRONE_TOKEN}",
            "x" * 32,
            uuid(random),
            "your_drone_token_token",
        )
    )


@secret(
    id="drone-token",
    title="Drone token",
    **named(
        "drone_token",
        "drone_server_token",
        "drone_rpc_secret",
        value=r"[0-9A-Za-z]{32}",
        chars=32,
        words="",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Drone, Account settings.",
    references=("https://docs.drone.io/cli/configure/",),
    bad=lambda random: f"DRONE_TOKEN={_token(random)}",
    good=lambda random: f"DRONE_TOKEN={_other(random)}",
)
def drone_token(value: str) -> Claim | None:
    """It acts as its owner on a Drone server.

    Whoever holds it starts builds and changes the secrets of repositories.
    """
    return NOTHING_MORE if is_drawn(value) else None
