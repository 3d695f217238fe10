"""SonarQube token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"sq{random.choice('uap')}_{text(random, 40, HEX)}"


@secret(
    id="sonarqube-token",
    title="SonarQube token",
    pattern=r"\b(sq[uap]_[0-9a-f]{40})\b",
    anchor=r"sq[uap]_[0-9a-f]{40}",
    max_chars=44,
    keywords=(
        "squ_",
        "sqa_",
        "sqp_",
    ),
    binary=True,
    remediation=f"{REVOKE}: SonarQube, My Account, Security.",
    references=(
        "https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/",
    ),
    bad=lambda random: assigned(random, "sonarqube", _token(random)),
    good=lambda random: assigned(random, "sonarqube", unlike(random, "squ_", 40, HEX)),
)
def sonarqube_token(_: str) -> Claim | None:
    """It acts as its owner, or for a project, on SonarQube.

    Whoever holds it reads code and findings, or files false results.
    """
    return NOTHING_MORE
