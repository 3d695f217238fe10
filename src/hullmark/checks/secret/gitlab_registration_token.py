"""GitLab runner registration token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"GR1348941{text(random, 20, BASE64URL)}"


@secret(
    id="gitlab-registration-token",
    title="GitLab runner registration token",
    severity=Severity.CRITICAL,
    pattern=r"\b(GR1348941[0-9A-Za-z_-]{20})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"GR1348941[0-9A-Za-z_-]{20}",
    max_chars=31,
    keywords=("GR1348941",),
    remediation=f"{REVOKE}: the project, Settings, CI/CD, Runners.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", unlike(random, "GR1348941", 20, BASE64URL)),
)
def gitlab_registration_token(_: str) -> Claim | None:
    """It registers runners.

    Whoever holds it adds one that gets the code and the secrets of jobs.
    """
    return NOTHING_MORE
