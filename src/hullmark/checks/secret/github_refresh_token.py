"""GitHub App refresh token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"ghr_{text(random, 76)}"


@secret(
    id="github-refresh-token",
    title="GitHub App refresh token",
    pattern=r"\b(ghr_[0-9A-Za-z]{76})\b",
    anchor=r"ghr_[0-9A-Za-z]{76}",
    max_chars=80,
    keywords=("ghr_",),
    binary=True,
    remediation=f"{REVOKE}: GitHub, Settings, Applications, Authorized GitHub Apps.",
    references=(
        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ),
    bad=lambda random: assigned(random, "github", _token(random)),
    good=lambda random: assigned(random, "github", unlike(random, "ghr_", 76)),
)
def github_refresh_token(_: str) -> Claim | None:
    """It buys new access tokens of a user for half a year.

    Whoever holds it and the app's secret acts as that user.
    """
    return NOTHING_MORE
