"""Npm registry password in .npmrc."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password
from hullmark.checks.proofs import base64_bytes


def _token(random: Random) -> str:
    return b64encode(drawn(random).encode()).decode()


def _other(random: Random) -> str:
    return random.choice(
        (
            "${NPM_PASSWORD}",
            b64encode(b"password").decode(),
            "<base64>",
            text(random, 25),
        )
    )


@secret(
    id="npmrc-password",
    title="npm registry password in .npmrc",
    pattern=r""":_password[ \t]{0,4}=[ \t]{0,4}[\"']?([0-9A-Za-z+/]{8}[0-9A-Za-z+/]*={0,2})""",
    anchor=r""":_password[ \t]{0,4}=[ \t]{0,4}[\"']?[0-9A-Za-z+/]{8}""",
    max_chars=430,
    keywords=(":_password",),
    path="root/.npmrc",
    remediation=(
        "Change the password at the registry, and use tokens with few rights from the environment."
    ),
    references=(
        "https://github.com/npm/cli/blob/latest/docs/lib/content/configuring-npm/npmrc.md",
    ),
    bad=lambda random: f"//npm.internal/:_password={_token(random)}",
    good=lambda random: f"//npm.internal/:_password={_other(random)}",
)
def npmrc_password(value: str) -> Claim | None:
    """It is the password for a registry of packages, which anybody can decode.

    Whoever holds it installs private packages and may publish others.
    """
    plain = base64_bytes(value)
    if plain is None or not plain.isascii():
        return None
    return password(plain.decode())
