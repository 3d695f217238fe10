"""Jenkins API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return "11" + text(random, 32, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 21, HEX),
            "${JENKINS_TOKEN}",
            "x" * 32,
            text(random, 56, HEX),
            "your_jenkins_token",
        )
    )


@secret(
    id="jenkins-api-token",
    title="Jenkins API token",
    severity=Severity.CRITICAL,
    **named("jenkins", value=r"11[0-9a-f]{32}", chars=34),
    entropy=2.9,
    remediation=f"{REVOKE}: Jenkins, the user's Security page, API Token.",
    references=(
        "https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/",
    ),
    bad=lambda random: assigned(random, "jenkins", _token(random)),
    good=lambda random: assigned(random, "jenkins", _other(random)),
)
def jenkins_api_token(value: str) -> Claim | None:
    """It acts as its owner on a Jenkins server.

    Whoever holds it starts jobs, which run what they like.
    """
    return NOTHING_MORE if is_drawn(value) else None
