"""Akamai EdgeGrid client secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 43, BASE64) + "="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 30),
            "${CLIENT_SECRET}",
            "xxxxx",
            text(random, 40, HEX),
        )
    )


@secret(
    id="akamai-client-secret",
    title="Akamai EdgeGrid client secret",
    pattern=r"""client_secret[\"']?[ \t]{0,8}[:=][ \t]{0,8}[\"']?([0-9A-Za-z+/]{43}=)""",
    anchor=r"""client_secret[\"']?[ \t]{0,8}[:=][ \t]{0,8}[\"']?[0-9A-Za-z+/]{43}=""",
    max_chars=90,
    keywords=("client_secret",),
    path="root/.edgerc",
    entropy=4.2,
    remediation=f"{REVOKE}: Akamai Control Center, Identity & access.",
    references=("https://techdocs.akamai.com/developer/docs/set-up-authentication-credentials",),
    bad=lambda random: f"client_secret = {_token(random)}",
    good=lambda random: f"client_secret = {_other(random)}",
)
def akamai_client_secret(_: str) -> Claim | None:
    """It signs requests to Akamai.

    With the tokens beside it, whoever holds it changes what Akamai serves.
    """
    return NOTHING_MORE
