"""GitLab runner token."""

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
    return drawn_token(random, "glrt-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glrt-"),
            f"glrt-{text(random, 12)}",
            "glrt-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-runner-token",
    title="GitLab runner token",
    severity=Severity.CRITICAL,
    pattern=rf"\b(glrt-{BODY})",
    anchor=f"glrt-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glrt-",),
    remediation=f"{REVOKE}: the project, Settings, CI/CD, Runners.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_runner_token(value: str) -> Claim | None:
    """It takes jobs as a runner.

    Whoever holds it gets the code and the secrets of every job that the runner would get.
    """
    return token_claim(value)
