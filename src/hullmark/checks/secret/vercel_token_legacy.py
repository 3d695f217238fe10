"""Vercel access token of the older form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 24)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 16),
            "${VERCEL_TOKEN}",
            "x" * 24,
            uuid(random),
            "your_vercel_token",
        )
    )


@secret(
    id="vercel-token-legacy",
    title="Vercel access token of the older form",
    severity=Severity.CRITICAL,
    **named("vercel", "zeit_", value=r"[0-9A-Za-z]{24}", chars=24),
    entropy=3.6,
    remediation=f"{REVOKE}: Vercel, Account Settings, Tokens.",
    references=("https://vercel.com/changelog/new-token-formats-and-secret-scanning",),
    bad=lambda random: assigned(random, "vercel", _token(random)),
    good=lambda random: assigned(random, "vercel", _other(random)),
)
def vercel_token_legacy(value: str) -> Claim | None:
    """It acts as its owner on Vercel.

    Whoever holds it deploys sites and reads their configuration.
    """
    return NOTHING_MORE if is_drawn(value) else None
