"""Buildkite API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return random.choice((f"bkua_{text(random, 40, HEX)}", f"bkct_{text(random, 46)}"))


@secret(
    id="buildkite-token",
    title="Buildkite API token",
    severity=Severity.CRITICAL,
    pattern=r"\b(bkua_[0-9a-f]{40}|bkct_[0-9A-Za-z_-]{40,120})",
    anchor=r"bk(?:ua_[0-9a-f]{40}|ct_[0-9A-Za-z_-]{40})",
    max_chars=130,
    keywords=(
        "bkua_",
        "bkct_",
    ),
    binary=True,
    remediation=f"{REVOKE}: Buildkite, Personal Settings, API Access Tokens.",
    references=("https://buildkite.com/docs/apis/managing-api-tokens",),
    bad=lambda random: assigned(random, "buildkite", _token(random)),
    good=lambda random: assigned(random, "buildkite", unlike(random, "bkua_", 40, HEX)),
)
def buildkite_token(_: str) -> Claim | None:
    """It acts as its owner, or as an agent, on Buildkite.

    Whoever holds it starts builds, or takes jobs with their secrets.
    """
    return NOTHING_MORE
