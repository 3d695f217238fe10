"""Klaviyo: private API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"pk_{text(random, 34, HEX)}"


@secret(
    id="klaviyo-private-key",
    title="Klaviyo private key",
    pattern=r"\b(pk_[0-9a-f]{34})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"pk_[0-9a-f]{34}",
    max_chars=39,
    keywords=("pk_",),
    entropy=3.0,
    remediation=f"{REVOKE}: Settings, API keys.",
    references=("https://help.klaviyo.com/hc/en-us/articles/115005062267",),
    bad=lambda random: assigned(random, "klaviyo", _token(random)),
    good=lambda random: assigned(random, "klaviyo", unlike(random, "pk_", 34, HEX)),
)
def klaviyo_private_key(value: str) -> Claim | None:
    """Whoever holds it reads all profiles and mails them in the shop's name."""
    return NOTHING_MORE if is_drawn(value) else None
