"""Npm access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import crc32_base62
from hullmark.model import Severity


def _token(random: Random) -> str:
    body = text(random, 30)
    return f"npm_{body}{crc32_base62(body)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"npm_{text(random, 36)}",
            f"npm_{text(random, 20)}",
            "npm_" + "x" * 36,
            "${NPM_TOKEN}",
            f"npm_config_{text(random, 8)}",
        )
    )


@secret(
    id="npm-token",
    title="npm access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(npm_[0-9A-Za-z]{36})\b",
    anchor=r"npm_[0-9A-Za-z]{36}",
    max_chars=40,
    keywords=("npm_",),
    path="root/.npmrc",
    binary=True,
    remediation=f"{REVOKE}: npm, Access Tokens.",
    references=("https://github.com/npm/cli/blob/latest/docs/lib/content/commands/npm-token.md",),
    bad=lambda random: assigned(random, "npm", _token(random)),
    good=lambda random: assigned(random, "npm", _other(random)),
)
def npm_token(value: str) -> Claim | None:
    """It acts as its owner on npm.

    Whoever holds a token that may publish puts versions of their own before everybody who
    installs the package.
    """
    if crc32_base62(value[4:34]) != value[34:]:
        return None
    return Claim(says="its checksum holds")
