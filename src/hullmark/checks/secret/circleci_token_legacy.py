"""CircleCI API token of the older form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 40, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 26, HEX),
            "${CIRCLECI_TOKEN}",
            "x" * 40,
            text(random, 64, HEX),
            "your_circleci_token",
        )
    )


@secret(
    id="circleci-token-legacy",
    title="CircleCI API token of the older form",
    severity=Severity.CRITICAL,
    **named(
        "circleci",
        "circle_ci",
        "circle",
        value=r"[0-9a-f]{40}",
        chars=40,
        words="key|token",
        common=True,
    ),
    entropy=3.2,
    remediation=f"{REVOKE}: CircleCI, User Settings, Personal API Tokens.",
    references=("https://circleci.com/docs/managing-api-tokens/",),
    bad=lambda random: f"CIRCLECI_TOKEN={_token(random)}",
    good=lambda random: f"CIRCLECI_TOKEN={_other(random)}",
)
def circleci_token_legacy(value: str) -> Claim | None:
    """It acts as its owner, or for a project, on CircleCI.

    Whoever holds it starts builds and reads what they leave.
    """
    return NOTHING_MORE if is_drawn(value) else None
