"""Chocolatey API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return uuid(random)


def _other(random: Random) -> str:
    return random.choice(
        (
            uuid(random)[:-3],
            text(random, 32, HEX),
            "${CHOCOLATEY_API_KEY}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


@secret(
    id="chocolatey-api-key",
    title="Chocolatey API key",
    severity=Severity.CRITICAL,
    **named(
        "chocolatey",
        "choco_api",
        value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="key|token",
    ),
    entropy=2.5,
    remediation=f"{REVOKE}: Chocolatey, Account, API Keys.",
    references=("https://docs.chocolatey.org/en-us/create/create-packages/",),
    bad=lambda random: f"CHOCOLATEY_API_KEY={_token(random)}",
    good=lambda random: f"CHOCOLATEY_API_KEY={_other(random)}",
)
def chocolatey_api_key(_: str) -> Claim | None:
    """It pushes packages to Chocolatey.

    Whoever holds it publishes installers in its owner's name.
    """
    return NOTHING_MORE
