"""GitHub App installation token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import crc32_base62


def _token(random: Random) -> str:
    body = text(random, 30)
    return f"ghs_{body}{crc32_base62(body)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"ghs_{text(random, 36)}",
            f"ghs_{text(random, 30)}",
            "ghs_" + "x" * 36,
            "${{ secrets.GITHUB_TOKEN }}",
            f"ghs_{text(random, 40)}",
        )
    )


@secret(
    id="github-installation-token",
    title="GitHub App installation token",
    pattern=r"\b(ghs_[0-9A-Za-z]{36})\b",
    anchor=r"ghs_[0-9A-Za-z]{36}",
    max_chars=40,
    keywords=("ghs_",),
    binary=True,
    remediation=f"{REVOKE}: GitHub, the app's settings.",
    references=(
        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ),
    bad=lambda random: assigned(random, "github", _token(random)),
    good=lambda random: assigned(random, "github", _other(random)),
)
def github_installation_token(value: str) -> Claim | None:
    """It acts as a GitHub App, or as a workflow, in the repositories that it is installed in.

    It lasts an hour; one in a file tells that builds leave theirs behind.
    """
    if crc32_base62(value[4:34]) != value[34:]:
        return None
    return Claim(says="its checksum holds")
