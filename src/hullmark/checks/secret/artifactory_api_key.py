"""JFrog Artifactory API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"AKCp{text(random, 69)}"


@secret(
    id="artifactory-api-key",
    title="JFrog Artifactory API key",
    severity=Severity.CRITICAL,
    pattern=r"\b(AKC[0-9A-Za-z]{61,73})\b",
    anchor=r"AKC[0-9A-Za-z]{61}",
    max_chars=77,
    keywords=("AKC",),
    entropy=4.2,
    remediation=f"{REVOKE}: JFrog Platform, Edit Profile.",
    references=(
        "https://jfrog.com/help/r/jfrog-platform-administration-documentation/user-profile",
    ),
    bad=lambda random: assigned(random, "artifactory", _token(random)),
    good=lambda random: assigned(random, "artifactory", unlike(random, "AKC", 60)),
)
def artifactory_api_key(_: str) -> Claim | None:
    """It acts as its owner in Artifactory.

    Whoever holds it reads artifacts and may put others in their place.
    """
    return NOTHING_MORE
