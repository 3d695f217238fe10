"""Coveralls repository token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, random.randint(32, 33))


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 21),
            "${COVERALLS_REPO_TOKEN}",
            "x" * 33,
            uuid(random),
            "your_coveralls_token",
        )
    )


@secret(
    id="coveralls-token",
    title="Coveralls repository token",
    severity=Severity.MEDIUM,
    **named(
        "coveralls",
        "repo_token",
        value=r"[0-9A-Za-z]{32,33}",
        chars=33,
        words="",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Coveralls, the repository's settings.",
    references=("https://docs.coveralls.io/",),
    bad=lambda random: f"COVERALLS_REPO_TOKEN={_token(random)}",
    good=lambda random: f"COVERALLS_REPO_TOKEN={_other(random)}",
)
def coveralls_token(value: str) -> Claim | None:
    """It uploads reports of coverage to Coveralls.

    Whoever holds it files false ones.
    """
    return NOTHING_MORE if is_drawn(value) else None
