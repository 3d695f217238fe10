"""CircleCI API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"CCI{random.choice(('PAT', 'PRJ'))}_{text(random, 22)}_{text(random, 40, HEX)}"


@secret(
    id="circleci-token",
    title="CircleCI API token",
    severity=Severity.CRITICAL,
    pattern=r"\b(CCI(?:PAT|PRJ)_[0-9A-Za-z]{22}_[0-9a-f]{40})\b",
    anchor=r"CCI(?:PAT|PRJ)_[0-9A-Za-z]{22}_[0-9a-f]{40}",
    max_chars=70,
    keywords=(
        "CCIPAT_",
        "CCIPRJ_",
    ),
    binary=True,
    remediation=f"{REVOKE}: CircleCI, User Settings, Personal API Tokens.",
    references=("https://circleci.com/docs/managing-api-tokens/",),
    bad=lambda random: assigned(random, "circleci", _token(random)),
    good=lambda random: assigned(random, "circleci", unlike(random, "CCIPAT_", 63)),
)
def circleci_token(_: str) -> Claim | None:
    """It acts as its owner, or for a project, on CircleCI.

    Whoever holds it starts builds and reads what they leave.
    """
    return NOTHING_MORE
