"""Quay robot account."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, UPPER, assigned, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 64, UPPER)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 64, HEX),
            text(random, 32, UPPER),
            "${QUAY_TOKEN}",
            "X" * 64,
        )
    )


@secret(
    id="quay-robot-token",
    title="Quay robot account",
    **named("quay", value="[0-9A-Z]{64}", chars=64),
    entropy=4.0,
    remediation=f"{REVOKE}: Quay, Robot Accounts.",
    references=("https://docs.projectquay.io/use_quay.html#allow-robot-access-user-repo",),
    bad=lambda random: assigned(random, "quay", _token(random)),
    good=lambda random: assigned(random, "quay", _other(random)),
)
def quay_robot_token(_: str) -> Claim | None:
    """It logs in to Quay for an organisation.

    Whoever holds it pulls private images and may push others in their place.
    """
    return NOTHING_MORE
