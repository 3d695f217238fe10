"""Fly.io personal token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"fo1_{text(random, 43, BASE64URL)}"


@secret(
    id="fly-oauth-token",
    title="Fly.io personal token",
    severity=Severity.CRITICAL,
    pattern=r"\b(fo1_[0-9A-Za-z_-]{43})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"fo1_[0-9A-Za-z_-]{43}",
    max_chars=48,
    keywords=("fo1_",),
    entropy=4.0,
    remediation=f"{REVOKE}: Fly.io dashboard, Tokens.",
    references=("https://fly.io/docs/security/tokens/",),
    bad=lambda random: assigned(random, "fly", _token(random)),
    good=lambda random: assigned(random, "fly", unlike(random, "fo1_", 43, BASE64URL)),
)
def fly_oauth_token(_: str) -> Claim | None:
    """It acts as its owner on Fly.io.

    Whoever holds it deploys programs and opens shells in running ones.
    """
    return NOTHING_MORE
