"""Aiven token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 372, BASE64)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 64, HEX),
            "${AIVEN_TOKEN}",
            text(random, 100, BASE64),
        )
    )


@secret(
    id="aiven-token",
    title="Aiven token",
    severity=Severity.CRITICAL,
    **named(
        "aiven",
        value=r"[0-9A-Za-z+/]{200}[0-9A-Za-z+/]*={0,2}",
        chars=502,
        end="",
    ),
    entropy=4.5,
    remediation=f"{REVOKE}: Aiven console, User information, Tokens.",
    references=("https://aiven.io/docs/platform/howto/create_authentication_token",),
    bad=lambda random: assigned(random, "aiven", _token(random)),
    good=lambda random: assigned(random, "aiven", _other(random)),
)
def aiven_token(_: str) -> Claim | None:
    """It acts as its owner on Aiven.

    Whoever holds it reads the passwords of databases and makes or deletes them.
    """
    return NOTHING_MORE
