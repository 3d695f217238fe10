"""OpenShift access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"sha256~{text(random, 43, BASE64URL)}"


@secret(
    id="openshift-token",
    title="OpenShift access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(sha256~[0-9A-Za-z_-]{43})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sha256~[0-9A-Za-z_-]{43}",
    max_chars=51,
    keywords=("sha256~",),
    entropy=4.0,
    remediation=f"{REVOKE}: OpenShift: oc logout, or delete its OAuthAccessToken.",
    references=(
        "https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html",
    ),
    bad=lambda random: assigned(random, "openshift", _token(random)),
    good=lambda random: assigned(random, "openshift", unlike(random, "sha256~", 43, BASE64URL)),
)
def openshift_token(_: str) -> Claim | None:
    """It acts as a user in an OpenShift cluster.

    Whoever holds it does what that user may until it expires.
    """
    return NOTHING_MORE
