"""Snyk API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return uuid(random)


def _other(random: Random) -> str:
    return random.choice(
        (
            uuid(random)[:-3],
            text(random, 32, HEX),
            "${SNYK_TOKEN}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


@secret(
    id="snyk-token",
    title="Snyk API token",
    **named("snyk", value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", chars=36),
    entropy=2.5,
    remediation=f"{REVOKE}: Snyk, Account settings.",
    references=("https://docs.snyk.io/snyk-api/authentication-for-api",),
    bad=lambda random: assigned(random, "snyk", _token(random)),
    good=lambda random: assigned(random, "snyk", _other(random)),
)
def snyk_token(_: str) -> Claim | None:
    """It acts as its owner at Snyk.

    Whoever holds it reads the weaknesses of every project there.
    """
    return NOTHING_MORE
