"""GitLab incoming mail token."""

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
    return drawn_token(random, "glimt-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glimt-"),
            f"glimt-{text(random, 12)}",
            "glimt-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-incoming-mail-token",
    title="GitLab incoming mail token",
    severity=Severity.MEDIUM,
    pattern=rf"\b(glimt-{BODY})",
    anchor=f"glimt-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glimt-",),
    remediation=f"{REVOKE}: GitLab, Preferences, Access tokens, Incoming email token.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_incoming_mail_token(value: str) -> Claim | None:
    """It opens issues by mail as a user.

    Whoever holds it writes in that user's name.
    """
    return token_claim(value)
