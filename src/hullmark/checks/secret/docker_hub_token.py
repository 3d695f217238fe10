"""Docker Hub personal access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"dckr_pat_{text(random, 27, BASE64URL)}"


@secret(
    id="docker-hub-token",
    title="Docker Hub personal access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(dckr_pat_[0-9A-Za-z_-]{27})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"dckr_pat_[0-9A-Za-z_-]{27}",
    max_chars=37,
    keywords=("dckr_pat_",),
    binary=True,
    remediation=f"{REVOKE}: Docker Hub, Account settings, Personal access tokens.",
    references=("https://docs.docker.com/security/access-tokens/",),
    bad=lambda random: assigned(random, "docker", _token(random)),
    good=lambda random: assigned(random, "docker", unlike(random, "dckr_pat_", 27, BASE64URL)),
)
def docker_hub_token(_: str) -> Claim | None:
    """It acts as its owner on Docker Hub.

    Whoever holds one that may write puts images of their own in the place of the owner's.
    """
    return NOTHING_MORE
