"""Npm registry token in .npmrc."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, random.choice((24, 32, 48)))


def _other(random: Random) -> str:
    return random.choice(
        (
            "${NPM_TOKEN}",
            "your_token_here",
            "XXXXXXXXXXXXXXXXXXXXXXXX",
            "$NPM_TOKEN",
            "<token>",
        )
    )


@secret(
    id="npmrc-auth-token",
    title="npm registry token in .npmrc",
    pattern=r""":_authToken[ \t]{0,4}=[ \t]{0,4}[\"']?([0-9A-Za-z+/._=-]{8}[0-9A-Za-z+/._=-]*)""",
    anchor=r""":_authToken[ \t]{0,4}=[ \t]{0,4}[\"']?[0-9A-Za-z+/._=-]{8}""",
    max_chars=1030,
    keywords=(":_authToken",),
    path="root/.npmrc",
    entropy=3.0,
    generic=True,
    remediation=f"{REVOKE}: the registry that the line names.",
    references=(
        "https://github.com/npm/cli/blob/latest/docs/lib/content/configuring-npm/npmrc.md",
    ),
    bad=lambda random: f"//npm.internal/:_authToken={_token(random)}",
    good=lambda random: f"//npm.internal/:_authToken={_other(random)}",
)
def npmrc_auth_token(_: str) -> Claim | None:
    """It logs in to a registry of packages.

    Whoever holds it installs private packages and may publish others in its owner's name.
    """
    return NOTHING_MORE
