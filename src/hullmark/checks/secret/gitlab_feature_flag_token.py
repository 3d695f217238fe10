"""GitLab feature flags client token."""

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
    return drawn_token(random, "glffct-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glffct-"),
            f"glffct-{text(random, 12)}",
            "glffct-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-feature-flag-token",
    title="GitLab feature flags client token",
    severity=Severity.MEDIUM,
    pattern=rf"\b(glffct-{BODY})",
    anchor=f"glffct-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glffct-",),
    remediation=f"{REVOKE}: the project, Deploy, Feature flags.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_feature_flag_token(value: str) -> Claim | None:
    """It reads the feature flags of a project.

    They tell of what is being built and for whom.
    """
    return token_claim(value)
