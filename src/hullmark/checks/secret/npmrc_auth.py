"""Npm registry credentials in .npmrc."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import LOWER, text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, is_password
from hullmark.checks.proofs import base64_bytes


def _token(random: Random) -> str:
    return b64encode(f"{text(random, 6, LOWER)}:{drawn(random)}".encode()).decode()


def _other(random: Random) -> str:
    return random.choice(
        (
            "${NPM_AUTH}",
            b64encode(b"user:password").decode(),
            "<base64>",
            text(random, 25),
        )
    )


@secret(
    id="npmrc-auth",
    title="npm registry credentials in .npmrc",
    pattern=r"""\b_auth[ \t]{0,4}=[ \t]{0,4}[\"']?([0-9A-Za-z+/]{12}[0-9A-Za-z+/]*={0,2})""",
    anchor=r"""_auth[ \t]{0,4}=[ \t]{0,4}[\"']?[0-9A-Za-z+/]{12}""",
    max_chars=430,
    keywords=("_auth",),
    names=(
        ".npmrc",
        "npmrc",
    ),
    path="root/.npmrc",
    remediation=(
        "Change the password at the registry, and use tokens with few rights from the environment."
    ),
    references=(
        "https://github.com/npm/cli/blob/latest/docs/lib/content/configuring-npm/npmrc.md",
    ),
    bad=lambda random: f"//npm.internal/:_auth={_token(random)}",
    good=lambda random: f"//npm.internal/:_auth={_other(random)}",
)
def npmrc_auth(value: str) -> Claim | None:
    """It is a user and password for a registry of packages, which anybody can decode.

    Whoever holds them installs private packages and may publish others.
    """
    user, _, plain = (base64_bytes(value) or b"").partition(b":")
    if not user.isalnum() or not plain.isascii() or not is_password(plain.decode()):
        return None
    return Claim(says=f"of user {user.decode()!r}")
