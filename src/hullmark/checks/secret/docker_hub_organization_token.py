"""Docker Hub organization access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"dckr_oat_{text(random, 32, BASE64URL)}"


@secret(
    id="docker-hub-organization-token",
    title="Docker Hub organization access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(dckr_oat_[0-9A-Za-z_-]{32})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"dckr_oat_[0-9A-Za-z_-]{32}",
    max_chars=42,
    keywords=("dckr_oat_",),
    binary=True,
    remediation=f"{REVOKE}: Docker Home, Admin Console, Access tokens.",
    references=("https://docs.docker.com/enterprise/security/access-tokens/",),
    bad=lambda random: assigned(random, "docker", _token(random)),
    good=lambda random: assigned(random, "docker", unlike(random, "dckr_oat_", 32, BASE64URL)),
)
def docker_hub_organization_token(_: str) -> Claim | None:
    """It acts as an organisation on Docker Hub.

    Whoever holds it pulls and pushes images as far as its scopes go.
    """
    return NOTHING_MORE
