"""Vercel access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"vc{random.choice('piark')}_{text(random, 56)}"


@secret(
    id="vercel-token",
    title="Vercel access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(vc[piark]_[0-9A-Za-z]{24,64})\b",
    anchor=r"vc[piark]_[0-9A-Za-z]{24}",
    max_chars=68,
    keywords=(
        "vcp_",
        "vci_",
        "vca_",
        "vcr_",
        "vck_",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Vercel, Account Settings, Tokens.",
    references=("https://vercel.com/changelog/new-token-formats-and-secret-scanning",),
    bad=lambda random: assigned(random, "vercel", _token(random)),
    good=lambda random: assigned(random, "vercel", unlike(random, "vcp_", 24)),
)
def vercel_token(_: str) -> Claim | None:
    """It acts as its owner, or as an app, on Vercel.

    Whoever holds it deploys sites and reads their configuration.
    """
    return NOTHING_MORE
