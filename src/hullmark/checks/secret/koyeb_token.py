"""Koyeb API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 64, LOWER)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 42, LOWER),
            "${KOYEB_TOKEN}",
            "x" * 64,
            uuid(random),
            "your_koyeb_token",
        )
    )


@secret(
    id="koyeb-token",
    title="Koyeb API token",
    **named("koyeb", value=r"[0-9a-z]{64}", chars=64, words="token|key"),
    entropy=3.8,
    remediation=f"{REVOKE}: Koyeb, Settings, API.",
    references=("https://www.koyeb.com/docs/reference/api",),
    bad=lambda random: f"KOYEB_TOKEN={_token(random)}",
    good=lambda random: f"KOYEB_TOKEN={_other(random)}",
)
def koyeb_token(value: str) -> Claim | None:
    """It acts as its owner on Koyeb.

    Whoever holds it deploys services and reads their configuration.
    """
    return NOTHING_MORE if is_drawn(value) else None
