"""Shopify: secrets of apps."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"shpss_{text(random, 32, HEX)}"


@secret(
    id="shopify-shared-secret",
    title="Shopify app secret",
    pattern=r"\b(shpss_[0-9a-f]{32})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"shpss_[0-9a-f]{32}",
    max_chars=40,
    keywords=("shpss_",),
    binary=True,
    remediation=f"{REVOKE}: the app's settings, Rotate client secret.",
    references=("https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets",),
    bad=lambda random: assigned(random, "shopify", _token(random)),
    good=lambda random: assigned(random, "shopify", unlike(random, "shpss_", 32, HEX)),
)
def shopify_shared_secret(value: str) -> Claim | None:
    """Whoever holds it forges webhooks and asks for tokens in the app's name."""
    return NOTHING_MORE if is_drawn(value) else None
