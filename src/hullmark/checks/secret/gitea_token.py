"""Gitea access token."""

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
            "${GITEA_TOKEN}",
            "x" * 40,
            text(random, 64, HEX),
            "your_gitea_token",
        )
    )


@secret(
    id="gitea-token",
    title="Gitea access token",
    **named("gitea", value=r"[0-9a-f]{40}", chars=40),
    entropy=3.2,
    remediation=f"{REVOKE}: Gitea, Settings, Applications.",
    references=("https://docs.gitea.com/development/api-usage",),
    bad=lambda random: assigned(random, "gitea", _token(random)),
    good=lambda random: assigned(random, "gitea", _other(random)),
)
def gitea_token(value: str) -> Claim | None:
    """It acts as its owner on a Gitea server.

    Whoever holds it reads and writes repositories as far as its scopes go.
    """
    return NOTHING_MORE if is_drawn(value) else None
