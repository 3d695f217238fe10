"""Jira or Confluence personal access token."""

from base64 import b64encode
from random import Random
from re import compile as regex

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes

_number = regex(rb"(\d{12}):").match


def _token(random: Random) -> str:
    return b64encode(
        f"{random.randrange(10**11, 10**12)}:".encode() + random.randbytes(20)
    ).decode()


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 44, BASE64),
            text(random, 40, HEX),
            "${JIRA_TOKEN}",
            uuid(random),
        )
    )


@secret(
    id="jira-data-center-token",
    title="Jira or Confluence personal access token",
    **named(
        "jira",
        "confluence",
        "atlassian",
        value="[MNO][0-9A-Za-z+/]{43}",
        chars=44,
        end=r"(?:[^0-9A-Za-z+/=_-]|$)",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: the profile, Personal Access Tokens.",
    references=(
        "https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html",
    ),
    bad=lambda random: assigned(random, "jira", _token(random)),
    good=lambda random: assigned(random, "jira", _other(random)),
)
def jira_data_center_token(value: str) -> Claim | None:
    """It acts as its owner in a Jira or Confluence that somebody runs.

    Its text holds the number of the token.
    """
    number = _number(base64_bytes(value) or b"")
    return Claim(says=f"token {number[1].decode()}") if number else None
