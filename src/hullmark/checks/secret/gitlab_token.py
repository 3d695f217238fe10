"""GitLab access token."""

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
    return drawn_token(random, "glpat-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glpat-"),
            f"glpat-{text(random, 12)}",
            "glpat-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-token",
    title="GitLab access token",
    severity=Severity.CRITICAL,
    pattern=rf"\b(glpat-{BODY})",
    anchor=f"glpat-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glpat-",),
    remediation=f"{REVOKE}: GitLab, Preferences, Access tokens, or the project's or group's.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_token(value: str) -> Claim | None:
    """It acts as a user, a project or a group in GitLab.

    Whoever holds it reads and writes repositories and pipelines as far as its scopes go.
    """
    return token_claim(value)
