"""TeamCity access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"eyJ0eXAiOiAiVENWMiJ9.{text(random, 36, BASE64URL)}.{text(random, 48, BASE64URL)}"


@secret(
    id="teamcity-token",
    title="TeamCity access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(eyJ0eXAiOiAiVENWMiJ9\.[0-9A-Za-z_-]{36}\.[0-9A-Za-z_-]{48})",
    anchor=r"eyJ0eXAiOiAiVENWMiJ9\.[0-9A-Za-z_-]{36}\.[0-9A-Za-z_-]{48}",
    max_chars=108,
    keywords=("eyJ0eXAiOiAiVENWMiJ9.",),
    binary=True,
    remediation=f"{REVOKE}: TeamCity, the profile, Access Tokens.",
    references=(
        "https://www.jetbrains.com/help/teamcity/configuring-your-user-profile.html#Managing+Access+Tokens",
    ),
    bad=lambda random: assigned(random, "teamcity", _token(random)),
    good=lambda random: assigned(random, "teamcity", unlike(random, "eyJ0eXAiOiAiVENWMiJ9.", 80)),
)
def teamcity_token(_: str) -> Claim | None:
    """It acts as its owner on a TeamCity server.

    Whoever holds it starts builds and reads their parameters.
    """
    return NOTHING_MORE
