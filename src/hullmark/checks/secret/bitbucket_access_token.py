"""Bitbucket access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"ATCTT3xFfGN0{text(random, 171, BASE64URL)}={text(random, 8, HEX).upper()}"


@secret(
    id="bitbucket-access-token",
    title="Bitbucket access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(ATCTT3[0-9A-Za-z_=-]{100}[0-9A-Za-z_=-]*=[0-9A-F]{8})\b",
    anchor=r"ATCTT3[0-9A-Za-z_=-]{100}",
    max_chars=416,
    keywords=("ATCTT3",),
    binary=True,
    remediation=f"{REVOKE}: Bitbucket, the repository's settings, Access tokens.",
    references=("https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/",),
    bad=lambda random: assigned(random, "bitbucket", _token(random)),
    good=lambda random: assigned(random, "bitbucket", unlike(random, "ATCTT3", 100, BASE64URL)),
)
def bitbucket_access_token(_: str) -> Claim | None:
    """It reads and writes a repository, a project or a workspace of Bitbucket.

    Whoever holds it changes code and pipelines there.
    """
    return NOTHING_MORE
