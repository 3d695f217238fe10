"""GitLab feed token."""

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
    return drawn_token(random, "glft-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glft-"),
            f"glft-{text(random, 12)}",
            "glft-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-feed-token",
    title="GitLab feed token",
    severity=Severity.MEDIUM,
    pattern=rf"\b(glft-{BODY})",
    anchor=f"glft-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glft-",),
    remediation=f"{REVOKE}: GitLab, Preferences, Access tokens, Feed token.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_feed_token(value: str) -> Claim | None:
    """It reads a user's feeds and calendars without logging in.

    They tell of private projects, issues and releases.
    """
    return token_claim(value)
