"""Octopus Deploy API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, UPPER, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"API-{text(random, 31, UPPER)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"API-{text(random, 12, UPPER)}",
            "API-XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            f"API-{text(random, 30, HEX)}",
            "${OCTOPUS_API_KEY}",
        )
    )


@secret(
    id="octopus-api-key",
    title="Octopus Deploy API key",
    severity=Severity.CRITICAL,
    pattern=r"\b(API-[0-9A-Z]{25,32})\b",
    anchor=r"API-[0-9A-Z]{25}",
    max_chars=36,
    keywords=("API-",),
    entropy=3.4,
    remediation=f"{REVOKE}: Octopus, Profile, My API Keys.",
    references=("https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key",),
    bad=lambda random: assigned(random, "octopus", _token(random)),
    good=lambda random: assigned(random, "octopus", _other(random)),
)
def octopus_api_key(value: str) -> Claim | None:
    """It acts as its owner in Octopus Deploy.

    Whoever holds it deploys, and runs scripts on the targets.
    """
    return NOTHING_MORE if is_drawn(value[4:]) else None
