"""Scaleway secret key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text, uuid
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
            "${SCW_SECRET_KEY}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


def _line(random: Random, value: str) -> str:
    return f"{random.choice(('SCALEWAY_SECRET_KEY', 'scaleway_token'))}: {value}"


@secret(
    id="scaleway-secret-key",
    title="Scaleway secret key",
    severity=Severity.CRITICAL,
    **named(
        "scw_secret",
        "scaleway",
        value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="key|token|secret",
    ),
    entropy=2.5,
    remediation=f"{REVOKE}: Scaleway console, IAM, API keys.",
    references=("https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def scaleway_secret_key(_: str) -> Claim | None:
    """It acts as a user or an application on Scaleway.

    Whoever holds it does everything that one may do.
    """
    return NOTHING_MORE
