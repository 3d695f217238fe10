"""Bitbucket app password."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"ATBB{text(random, 24)}{text(random, 8, HEX).upper()}"


@secret(
    id="bitbucket-app-password",
    title="Bitbucket app password",
    severity=Severity.CRITICAL,
    pattern=r"\b(ATBB[0-9A-Za-z]{24}[0-9A-F]{8})\b",
    anchor=r"ATBB[0-9A-Za-z]{24}[0-9A-F]{8}",
    max_chars=36,
    keywords=("ATBB",),
    entropy=3.6,
    remediation=f"{REVOKE}: Bitbucket, Personal settings, App passwords.",
    references=("https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/",),
    bad=lambda random: assigned(random, "bitbucket", _token(random)),
    good=lambda random: assigned(random, "bitbucket", unlike(random, "ATBB", 32)),
)
def bitbucket_app_password(_: str) -> Claim | None:
    """It logs in to Bitbucket as its owner.

    Whoever holds it reads and writes repositories as far as it was allowed to.
    """
    return NOTHING_MORE
