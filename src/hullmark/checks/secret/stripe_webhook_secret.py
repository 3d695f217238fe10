"""Stripe: secrets that sign events."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"whsec_{text(random, 32)}"


@secret(
    id="stripe-webhook-secret",
    title="Stripe webhook secret",
    pattern=r"\b(whsec_[0-9A-Za-z]{32,64})\b",
    anchor=r"whsec_[0-9A-Za-z]{32}",
    max_chars=72,
    keywords=("whsec_",),
    remediation=f"{REVOKE}: the Dashboard, Developers, Webhooks, Roll secret.",
    references=("https://docs.stripe.com/webhooks#verify-official-libraries",),
    bad=lambda random: assigned(random, "stripe", _token(random)),
    good=lambda random: assigned(random, "stripe", unlike(random, "whsec_", 32)),
)
def stripe_webhook_secret(value: str) -> Claim | None:
    """Whoever holds it forges events.

    They report payments that never happened, and the shop delivers.
    """
    return NOTHING_MORE if is_drawn(value) else None
