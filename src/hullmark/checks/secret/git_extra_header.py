"""git: headers that are sent to a server."""

from base64 import b64encode

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


@secret(
    id="git-extra-header",
    title="Credential in a header that git sends",
    severity=Severity.HIGH,
    pattern=(
        r"(?i:extraheader)[\"']?\s?[=,:]?\s?[\"']?(?i:authorization:\s?(?:basic|bearer))"
        r"\s([A-Za-z0-9+/=._-]{12}[A-Za-z0-9+/=._-]*)"
    ).replace("2000", "1000"),
    anchor=(
        r"(?i:extraheader)[\"']?\s?[=,:]?\s?[\"']?(?i:authorization:\s?(?:basic|bearer))"
        r"\s[A-Za-z0-9+/=._-]{12}"
    ),
    max_chars=1100,
    keywords=("basic", "Basic", "BASIC", "bearer", "Bearer", "BEARER"),
    path="app/.git/config",
    remediation="Revoke the token where it was issued, and check out without keeping credentials.",
    references=(
        "https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpextraHeader",
    ),
    bad=lambda random: (
        '[http "https://git.internal/"]\n\textraheader = AUTHORIZATION: basic '
        + b64encode(f"x-access-token:{text(random, 30)}".encode()).decode()
    ),
    good=lambda random: random.choice(
        (
            "\textraheader = AUTHORIZATION: basic ***",
            "\textraheader = X-Request: " + text(random, 30),
            "git -c http.extraheader='Authorization: Bearer $TOKEN' fetch",
        )
    ),
)
def git_extra_header(_: str) -> Claim | None:
    """Builds leave the token of their run in the clone: whoever reads it is the build."""
    return NOTHING_MORE
