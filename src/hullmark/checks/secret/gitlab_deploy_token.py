"""GitLab deploy token."""

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
    return drawn_token(random, "gldt-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "gldt-"),
            f"gldt-{text(random, 12)}",
            "gldt-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-deploy-token",
    title="GitLab deploy token",
    pattern=rf"\b(gldt-{BODY})",
    anchor=f"gldt-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("gldt-",),
    remediation=f"{REVOKE}: the project, Settings, Repository, Deploy tokens.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_deploy_token(value: str) -> Claim | None:
    """It reads a project's repository, packages and images.

    With scopes to write, whoever holds it puts others in their place.
    """
    return token_claim(value)
