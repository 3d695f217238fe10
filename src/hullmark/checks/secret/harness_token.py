"""Harness API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return random.choice("ps") + f"at.{text(random, 22)}.{text(random, 24, HEX)}.{text(random, 20)}"


@secret(
    id="harness-token",
    title="Harness API key",
    severity=Severity.CRITICAL,
    pattern=r"\b([ps]at\.[0-9A-Za-z_-]{22}\.[0-9a-f]{24}\.[0-9A-Za-z]{20})\b",
    anchor=r"[ps]at\.[0-9A-Za-z_-]{22}\.[0-9a-f]{24}\.[0-9A-Za-z]{20}",
    max_chars=72,
    keywords=(
        "pat.",
        "sat.",
    ),
    remediation=f"{REVOKE}: Harness, the profile, My API Keys.",
    references=(
        "https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/",
    ),
    bad=lambda random: assigned(random, "harness", _token(random)),
    good=lambda random: assigned(random, "harness", unlike(random, "pat.", 66)),
)
def harness_token(_: str) -> Claim | None:
    """It acts as its owner, or as a service account, in Harness.

    Whoever holds it runs pipelines and deploys.
    """
    return NOTHING_MORE
