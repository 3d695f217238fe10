"""Sonatype Nexus npm token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"NpmToken.{uuid(random)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            uuid(random)[:-3],
            text(random, 32, HEX),
            "${NEXUS_NPM_TOKEN}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


@secret(
    id="nexus-npm-token",
    title="Sonatype Nexus npm token",
    **named(
        "_authtoken",
        "nexus",
        value="NpmToken.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=45,
        words="",
    ),
    entropy=2.5,
    remediation=f"{REVOKE}: Nexus, the user's page.",
    references=("https://help.sonatype.com/en/npm-registry.html",),
    bad=lambda random: f"NEXUS_NPM_TOKEN={_token(random)}",
    good=lambda random: f"NEXUS_NPM_TOKEN={_other(random)}",
)
def nexus_npm_token(_: str) -> Claim | None:
    """It logs in to a Nexus repository as its owner.

    Whoever holds it installs private packages and may publish others.
    """
    return NOTHING_MORE
