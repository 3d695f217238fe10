"""Vultr API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import UPPER, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 36, UPPER)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 24, UPPER),
            "${VULTR_TOKEN}",
            "x" * 36,
            uuid(random),
            "your_vultr_token",
        )
    )


@secret(
    id="vultr-api-key",
    title="Vultr API key",
    severity=Severity.CRITICAL,
    **named("vultr", value=r"[0-9A-Z]{36}", chars=36),
    entropy=3.8,
    remediation=f"{REVOKE}: Vultr, Account, API.",
    references=("https://www.vultr.com/api/",),
    bad=lambda random: assigned(random, "vultr", _token(random)),
    good=lambda random: assigned(random, "vultr", _other(random)),
)
def vultr_api_key(value: str) -> Claim | None:
    """It acts as its owner on Vultr.

    Whoever holds it makes and deletes machines, and reads their snapshots.
    """
    return NOTHING_MORE if is_drawn(value) else None
