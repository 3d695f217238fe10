"""GitLab pipeline trigger token."""

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


def _token(random: Random) -> str:
    return drawn_token(random, "glptt-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glptt-"),
            f"glptt-{text(random, 12)}",
            "glptt-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-trigger-token",
    title="GitLab pipeline trigger token",
    pattern=rf"\b(glptt-{BODY})",
    anchor=f"glptt-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glptt-",),
    remediation=f"{REVOKE}: the project, Settings, CI/CD, Pipeline trigger tokens.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_trigger_token(value: str) -> Claim | None:
    """It starts pipelines.

    Whoever holds it runs them with variables of their choice, as the user who made it.
    """
    return token_claim(value)
