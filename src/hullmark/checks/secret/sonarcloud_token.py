"""SonarQube Cloud token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 40, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 26, HEX),
            "${SONAR_TOKEN}",
            "x" * 40,
            text(random, 64, HEX),
            "your_sonar_token_token",
        )
    )


@secret(
    id="sonarcloud-token",
    title="SonarQube Cloud token",
    **named("sonar_token", "sonar_login", value=r"[0-9a-f]{40}", chars=40, words=""),
    entropy=3.2,
    remediation=f"{REVOKE}: SonarQube Cloud, My Account, Security.",
    references=(
        "https://docs.sonarsource.com/sonarqube-cloud/managing-your-account/managing-tokens/",
    ),
    bad=lambda random: f"SONAR_TOKEN={_token(random)}",
    good=lambda random: f"SONAR_TOKEN={_other(random)}",
)
def sonarcloud_token(value: str) -> Claim | None:
    """It acts as its owner on SonarQube Cloud.

    Whoever holds it reads code and findings, or files false results.
    """
    return NOTHING_MORE if is_drawn(value) else None
