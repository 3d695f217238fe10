"""Bitbucket Data Center access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"BBDC-{text(random, 44, BASE64)}"


@secret(
    id="bitbucket-data-center-token",
    title="Bitbucket Data Center access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(BBDC-[0-9A-Za-z+/]{44})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"BBDC-[0-9A-Za-z+/]{44}",
    max_chars=50,
    keywords=("BBDC-",),
    entropy=4.0,
    remediation=f"{REVOKE}: Bitbucket, Manage account, HTTP access tokens.",
    references=(
        "https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html",
    ),
    bad=lambda random: assigned(random, "bitbucket", _token(random)),
    good=lambda random: assigned(random, "bitbucket", unlike(random, "BBDC-", 44, BASE64)),
)
def bitbucket_data_center_token(_: str) -> Claim | None:
    """It acts as its owner, or for a project, in a Bitbucket that somebody runs.

    Whoever holds it reads and writes repositories there.
    """
    return NOTHING_MORE
