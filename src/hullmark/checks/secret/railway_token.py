"""Railway token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return uuid(random)


def _other(random: Random) -> str:
    return random.choice(
        (
            uuid(random)[:-3],
            text(random, 32, HEX),
            "${RAILWAY_TOKEN}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


@secret(
    id="railway-token",
    title="Railway token",
    **named(
        "railway",
        value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="token",
    ),
    entropy=2.5,
    remediation=f"{REVOKE}: Railway, Account Settings, Tokens.",
    references=("https://docs.railway.com/guides/public-api",),
    bad=lambda random: f"RAILWAY_TOKEN={_token(random)}",
    good=lambda random: f"RAILWAY_TOKEN={_other(random)}",
)
def railway_token(_: str) -> Claim | None:
    """It acts as its owner, or for a project, on Railway.

    Whoever holds it deploys and reads variables.
    """
    return NOTHING_MORE
