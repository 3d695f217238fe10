"""GitLab SCIM token."""

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
    return drawn_token(random, "glsoat-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glsoat-"),
            f"glsoat-{text(random, 12)}",
            "glsoat-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-scim-token",
    title="GitLab SCIM token",
    severity=Severity.CRITICAL,
    pattern=rf"\b(glsoat-{BODY})",
    anchor=f"glsoat-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glsoat-",),
    remediation=f"{REVOKE}: the group, Settings, SAML SSO.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_scim_token(value: str) -> Claim | None:
    """It manages the members of a group.

    Whoever holds it adds and removes users through SCIM.
    """
    return token_claim(value)
