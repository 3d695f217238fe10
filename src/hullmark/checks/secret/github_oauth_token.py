"""GitHub OAuth access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import crc32_base62
from hullmark.model import Severity


def _token(random: Random) -> str:
    body = text(random, 30)
    return f"gho_{body}{crc32_base62(body)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"gho_{text(random, 36)}",
            f"gho_{text(random, 30)}",
            "gho_" + "x" * 36,
            "${{ secrets.GITHUB_TOKEN }}",
            f"gho_{text(random, 40)}",
        )
    )


@secret(
    id="github-oauth-token",
    title="GitHub OAuth access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(gho_[0-9A-Za-z]{36})\b",
    anchor=r"gho_[0-9A-Za-z]{36}",
    max_chars=40,
    keywords=("gho_",),
    binary=True,
    remediation=f"{REVOKE}: GitHub, Settings, Applications, Authorized OAuth Apps.",
    references=(
        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ),
    bad=lambda random: assigned(random, "github", _token(random)),
    good=lambda random: assigned(random, "github", _other(random)),
)
def github_oauth_token(value: str) -> Claim | None:
    """It acts as the user who allowed an application to.

    Whoever holds it reads and writes what the application asked for; the command line tool
    keeps one too.
    """
    if crc32_base62(value[4:34]) != value[34:]:
        return None
    return Claim(says="its checksum holds")
