"""Atlassian API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"ATATT3xFfGF0{text(random, 171, BASE64URL)}={text(random, 8, HEX).upper()}"


@secret(
    id="atlassian-api-token",
    title="Atlassian API token",
    severity=Severity.CRITICAL,
    pattern=r"\b(ATATT3[0-9A-Za-z_=-]{100}[0-9A-Za-z_=-]*=[0-9A-F]{8})\b",
    anchor=r"ATATT3[0-9A-Za-z_=-]{100}",
    max_chars=416,
    keywords=("ATATT3",),
    binary=True,
    remediation=f"{REVOKE}: Atlassian account, Security, API tokens.",
    references=(
        "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/",
    ),
    bad=lambda random: assigned(random, "atlassian", _token(random)),
    good=lambda random: assigned(random, "atlassian", unlike(random, "ATATT3", 100, BASE64URL)),
)
def atlassian_api_token(_: str) -> Claim | None:
    """It acts as its owner in Jira, Confluence and Bitbucket.

    Whoever holds it reads and writes there what the owner may.
    """
    return NOTHING_MORE
