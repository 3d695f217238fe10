"""Launchpad OAuth token secret."""

from random import Random
from string import ascii_letters

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 80, ascii_letters)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 40),
            "<secret>",
            "${SECRET}",
            "",
        )
    )


@secret(
    id="launchpad-token-secret",
    title="Launchpad OAuth token secret",
    severity=Severity.CRITICAL,
    pattern=(
        r"""(?:access_secret[ \t]{0,4}=[ \t]{0,4}|oauth_token_secret[\"']?[ \t]{0,4}[:=]"""
        r"""[ \t]{0,4}[\"']?)([0-9A-Za-z]{80})\b"""
    ),
    anchor=(
        r"""(?:access_secret[ \t]{0,4}=[ \t]{0,4}|oauth_token_secret[\"']?[ \t]{0,4}[:=]"""
        r"""[ \t]{0,4}[\"']?)[0-9A-Za-z]{80}"""
    ),
    max_chars=120,
    keywords=(
        "access_secret",
        "oauth_token_secret",
    ),
    path="root/.launchpad/credentials",
    entropy=4.0,
    remediation=f"{REVOKE}: Launchpad, the profile, Authorized applications.",
    references=("https://help.launchpad.net/API/SigningRequests",),
    bad=lambda random: f"[1]\nconsumer_key = tool\naccess_secret = {_token(random)}",
    good=lambda random: f"[1]\nconsumer_key = tool\naccess_secret = {_other(random)}",
)
def launchpad_token_secret(_: str) -> Claim | None:
    """It acts as its owner on Launchpad.

    Whoever holds it uploads to archives from which machines install.
    """
    return NOTHING_MORE
