"""GitHub App user access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import crc32_base62


def _token(random: Random) -> str:
    body = text(random, 30)
    return f"ghu_{body}{crc32_base62(body)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"ghu_{text(random, 36)}",
            f"ghu_{text(random, 30)}",
            "ghu_" + "x" * 36,
            "${{ secrets.GITHUB_TOKEN }}",
            f"ghu_{text(random, 40)}",
        )
    )


@secret(
    id="github-user-to-server-token",
    title="GitHub App user access token",
    pattern=r"\b(ghu_[0-9A-Za-z]{36})\b",
    anchor=r"ghu_[0-9A-Za-z]{36}",
    max_chars=40,
    keywords=("ghu_",),
    binary=True,
    remediation=f"{REVOKE}: GitHub, Settings, Applications, Authorized GitHub Apps.",
    references=(
        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ),
    bad=lambda random: assigned(random, "github", _token(random)),
    good=lambda random: assigned(random, "github", _other(random)),
)
def github_user_to_server_token(value: str) -> Claim | None:
    """It acts as a user within what a GitHub App may do.

    It lasts eight hours unless the app turned that off.
    """
    if crc32_base62(value[4:34]) != value[34:]:
        return None
    return Claim(says="its checksum holds")
