"""Heroku API key of the older form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return uuid(random)


def _other(random: Random) -> str:
    return random.choice(
        (
            uuid(random)[:-3],
            text(random, 32, HEX),
            "${HEROKU_TOKEN}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


@secret(
    id="heroku-api-key-legacy",
    title="Heroku API key of the older form",
    severity=Severity.CRITICAL,
    **named(
        "heroku", value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", chars=36
    ),
    entropy=2.5,
    remediation=f"{REVOKE}: Heroku, Account settings, API Key.",
    references=("https://devcenter.heroku.com/articles/authentication",),
    bad=lambda random: assigned(random, "heroku", _token(random)),
    good=lambda random: assigned(random, "heroku", _other(random)),
)
def heroku_api_key_legacy(_: str) -> Claim | None:
    """It acts as its owner on Heroku.

    Whoever holds it deploys code and reads the configuration of every app, passwords included.
    """
    return NOTHING_MORE
