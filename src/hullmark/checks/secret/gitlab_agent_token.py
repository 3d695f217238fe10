"""GitLab agent for Kubernetes token."""

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
    return drawn_token(random, "glagent-")


def _other(random: Random) -> str:
    return random.choice(
        (
            forged_token(random, "glagent-"),
            f"glagent-{text(random, 12)}",
            "glagent-" + "x" * 20,
            "${CI_JOB_TOKEN}",
            text(random, 20, BASE64URL),
        )
    )


@secret(
    id="gitlab-agent-token",
    title="GitLab agent for Kubernetes token",
    pattern=rf"\b(glagent-{BODY})",
    anchor=f"glagent-{START}",
    max_chars=MAX_BODY_CHARS,
    keywords=("glagent-",),
    remediation=f"{REVOKE}: the project, Operate, Kubernetes clusters.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", _other(random)),
)
def gitlab_agent_token(value: str) -> Claim | None:
    """It connects a cluster to GitLab.

    Whoever holds it takes the agent's place and gets the configuration meant for it.
    """
    return token_claim(value)
