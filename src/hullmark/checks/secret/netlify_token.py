"""Netlify access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"nfp_{text(random, 36)}"


@secret(
    id="netlify-token",
    title="Netlify access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(nf[pcoub]_[0-9A-Za-z]{36})\b",
    anchor=r"nf[pcoub]_[0-9A-Za-z]{36}",
    max_chars=40,
    keywords=(
        "nfp_",
        "nfc_",
        "nfo_",
        "nfu_",
        "nfb_",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Netlify, User settings, Applications.",
    references=("https://docs.netlify.com/api/get-started/#authentication",),
    bad=lambda random: assigned(random, "netlify", _token(random)),
    good=lambda random: assigned(random, "netlify", unlike(random, "nfp_", 36)),
)
def netlify_token(_: str) -> Claim | None:
    """It acts as its owner on Netlify.

    Whoever holds it deploys sites and reads their configuration.
    """
    return NOTHING_MORE
