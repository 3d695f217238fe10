"""Codecov upload token."""

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
            "${CODECOV_TOKEN}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


@secret(
    id="codecov-token",
    title="Codecov upload token",
    severity=Severity.MEDIUM,
    **named(
        "codecov", value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", chars=36
    ),
    entropy=2.5,
    remediation=f"{REVOKE}: Codecov, the repository's settings.",
    references=("https://docs.codecov.com/docs/codecov-tokens",),
    bad=lambda random: assigned(random, "codecov", _token(random)),
    good=lambda random: assigned(random, "codecov", _other(random)),
)
def codecov_token(_: str) -> Claim | None:
    """It uploads reports of coverage for a repository.

    Whoever holds it files false ones.
    """
    return NOTHING_MORE
