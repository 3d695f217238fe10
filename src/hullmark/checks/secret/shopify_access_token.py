"""Shopify: tokens of apps on a shop."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"{random.choice(('shpat', 'shpca', 'shppa'))}_{text(random, 32, HEX)}"


@secret(
    id="shopify-access-token",
    title="Shopify access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(shp(?:at|ca|pa)_[0-9A-Fa-f]{32})\b",
    anchor=r"shp(?:at|ca|pa)_[0-9A-Fa-f]{32}",
    max_chars=40,
    keywords=(
        "shpat_",
        "shpca_",
        "shppa_",
    ),
    binary=True,
    remediation=f"{REVOKE}: the shop's settings, Apps, uninstall or rotate.",
    references=("https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens",),
    bad=lambda random: assigned(random, "shopify", _token(random)),
    good=lambda random: assigned(random, "shopify", unlike(random, "shpat_", 32, HEX)),
)
def shopify_access_token(value: str) -> Claim | None:
    """Whoever holds it administers the shop as far as the app may.

    They see customers and orders, and change prices.
    """
    return NOTHING_MORE if is_drawn(value) else None
