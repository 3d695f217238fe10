"""Code Climate reporter id."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 64, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 42, HEX),
            "${CC_TEST_REPORTER_ID}",
            "x" * 64,
            text(random, 88, HEX),
            "your_cc_test_reporter_token",
        )
    )


@secret(
    id="codeclimate-token",
    title="Code Climate reporter id",
    severity=Severity.MEDIUM,
    **named("cc_test_reporter", "codeclimate", value=r"[0-9a-f]{64}", chars=64, words=""),
    entropy=3.2,
    remediation=f"{REVOKE}: Code Climate, Repo Settings, Test coverage.",
    references=("https://docs.codeclimate.com/docs/finding-your-test-coverage-token",),
    bad=lambda random: f"CC_TEST_REPORTER_ID={_token(random)}",
    good=lambda random: f"CC_TEST_REPORTER_ID={_other(random)}",
)
def codeclimate_token(value: str) -> Claim | None:
    """It uploads reports of coverage to Code Climate.

    Whoever holds it files false ones.
    """
    return NOTHING_MORE if is_drawn(value) else None
