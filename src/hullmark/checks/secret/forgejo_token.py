"""Forgejo access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 40, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 26, HEX),
            "${FORGEJO_TOKEN}",
            "x" * 40,
            text(random, 64, HEX),
            "your_forgejo_token",
        )
    )


@secret(
    id="forgejo-token",
    title="Forgejo access token",
    **named("forgejo", "codeberg", value=r"[0-9a-f]{40}", chars=40),
    entropy=3.2,
    remediation=f"{REVOKE}: Forgejo, Settings, Applications.",
    references=("https://forgejo.org/docs/latest/user/api-usage/",),
    bad=lambda random: assigned(random, "forgejo", _token(random)),
    good=lambda random: assigned(random, "forgejo", _other(random)),
)
def forgejo_token(value: str) -> Claim | None:
    """It acts as its owner on a Forgejo server.

    Whoever holds it reads and writes repositories as far as its scopes go.
    """
    return NOTHING_MORE if is_drawn(value) else None
