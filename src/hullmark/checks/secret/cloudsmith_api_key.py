"""Cloudsmith API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 40, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 26, HEX),
            "${CLOUDSMITH_TOKEN}",
            "x" * 40,
            text(random, 64, HEX),
            "your_cloudsmith_token",
        )
    )


@secret(
    id="cloudsmith-api-key",
    title="Cloudsmith API key",
    severity=Severity.CRITICAL,
    **named("cloudsmith", value=r"[0-9a-f]{40}", chars=40),
    entropy=3.2,
    remediation=f"{REVOKE}: Cloudsmith, Account settings, API Key.",
    references=("https://help.cloudsmith.io/docs/api-key",),
    bad=lambda random: assigned(random, "cloudsmith", _token(random)),
    good=lambda random: assigned(random, "cloudsmith", _other(random)),
)
def cloudsmith_api_key(value: str) -> Claim | None:
    """It acts as its owner on Cloudsmith.

    Whoever holds it reads private packages and may publish others.
    """
    return NOTHING_MORE if is_drawn(value) else None
