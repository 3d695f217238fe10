"""GitLab registered runner's token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text
from hullmark.checks.gitlab import (
    BODY,
    MAX_BODY_CHARS,
    START,
    drawn_token,
    forged_token,
    token_claim,
)
from hullmark.checks.kinds import Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return drawn_token(random, "glrtr-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glrtr-"),
            f"glrtr-{text(random, 12)}",
            "glrtr-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-runner-registered-token",
    title="GitLab registered runner's token",
    severity=Severity.CRITICAL,
    pattern=rf"\b(glrtr-{BODY})",
    anchor=f"glrtr-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glrtr-",),
    remediation=f"{REVOKE}: the project, Settings, CI/CD, Runners.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_runner_registered_token(value: str) -> Claim | None:
    """It takes jobs as a runner that registered itself.

    Whoever holds it gets the code and the secrets of those jobs.
    """
    return token_claim(value)
