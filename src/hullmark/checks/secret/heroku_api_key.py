"""Heroku API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, HEX, assigned, text, unlike, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return random.choice((f"HRKU-{uuid(random)}", f"HRKU-AA{text(random, 58, BASE64URL)}"))


@secret(
    id="heroku-api-key",
    title="Heroku API key",
    severity=Severity.CRITICAL,
    pattern=(
        r"\b(HRKU-(?:AA[0-9A-Za-z_-]{58}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}"
        r"-[0-9a-f]{12}))"
    ),
    anchor=r"HRKU-[0-9A-Za-z_-]{36}",
    max_chars=65,
    keywords=("HRKU-",),
    binary=True,
    remediation=f"{REVOKE}: Heroku, Account settings, API Key.",
    references=("https://devcenter.heroku.com/articles/authentication",),
    bad=lambda random: assigned(random, "heroku", _token(random)),
    good=lambda random: assigned(random, "heroku", unlike(random, "HRKU-", 36, HEX)),
)
def heroku_api_key(_: str) -> Claim | None:
    """It acts as its owner on Heroku.

    Whoever holds it deploys code and reads the configuration of every app, passwords included.
    """
    return NOTHING_MORE
