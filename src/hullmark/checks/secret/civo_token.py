"""Civo API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 50)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 33),
            "${CIVO_TOKEN}",
            "x" * 50,
            uuid(random),
            "your_civo_token_token",
        )
    )


@secret(
    id="civo-token",
    title="Civo API key",
    severity=Severity.CRITICAL,
    **named("civo_token", "civo_api", value=r"[0-9A-Za-z]{50}", chars=50, words=""),
    entropy=3.8,
    remediation=f"{REVOKE}: Civo, Profile, Security.",
    references=("https://www.civo.com/docs/account/api-keys",),
    bad=lambda random: f"CIVO_TOKEN={_token(random)}",
    good=lambda random: f"CIVO_TOKEN={_other(random)}",
)
def civo_token(value: str) -> Claim | None:
    """It acts as its owner on Civo.

    Whoever holds it makes and deletes clusters and machines.
    """
    return NOTHING_MORE if is_drawn(value) else None
