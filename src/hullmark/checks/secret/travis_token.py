"""Travis CI access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 22, BASE64URL)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 14, BASE64URL),
            "${TRAVIS_TOKEN}",
            "x" * 22,
            uuid(random),
            "your_travis_token",
        )
    )


@secret(
    id="travis-token",
    title="Travis CI access token",
    **named(
        "travis", value=r"[0-9A-Za-z_-]{22}", chars=22, common=True, end=r"(?:[^0-9A-Za-z+/=_-]|$)"
    ),
    entropy=3.6,
    remediation=f"{REVOKE}: Travis CI, Settings, API authentication.",
    references=("https://developer.travis-ci.com/authentication",),
    bad=lambda random: assigned(random, "travis", _token(random)),
    good=lambda random: assigned(random, "travis", _other(random)),
)
def travis_token(value: str) -> Claim | None:
    """It acts as its owner on Travis CI.

    Whoever holds it starts builds and reads their settings and logs.
    """
    return NOTHING_MORE if is_drawn(value) else None
