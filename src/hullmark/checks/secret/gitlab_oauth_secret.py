"""GitLab OAuth application secret."""

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
    return drawn_token(random, "gloas-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "gloas-"),
            f"gloas-{text(random, 12)}",
            "gloas-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-oauth-secret",
    title="GitLab OAuth application secret",
    pattern=rf"\b(gloas-{BODY})",
    anchor=f"gloas-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("gloas-",),
    remediation=f"{REVOKE}: GitLab, Preferences, Applications.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_oauth_secret(value: str) -> Claim | None:
    """It proves that a program is a registered application.

    Whoever holds it gets tokens of users who allow that application.
    """
    return token_claim(value)
