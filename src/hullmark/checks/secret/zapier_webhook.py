"""Zapier: addresses that start a Zap."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, number, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"hooks.zapier.com/hooks/catch/{number(random, 8)}/{text(random, 7, LOWER)}"


@secret(
    id="zapier-webhook",
    title="Zapier webhook",
    severity=Severity.MEDIUM,
    pattern=r"hooks\.zapier\.com/(hooks/catch/[0-9]{5,10}/[0-9a-z]{6,10})\b",
    anchor=r"hooks\.zapier\.com/hooks/catch/[0-9]{5,10}/[0-9a-z]{6}",
    max_chars=64,
    keywords=("hooks.zapier.com",),
    remediation=f"{REVOKE}: the Zap's trigger.",
    references=(
        "https://help.zapier.com/hc/en-us/articles/8496288690317-Trigger-Zaps-from-webhooks",
    ),
    bad=lambda random: f"url: https://{_token(random)}/",
    good=lambda random: (
        "https://hooks.zapier.com/hooks/catch/"
        + random.choice(("${ZAP}", "<account>/<zap>", number(random, 8), "abc/def"))
    ),
)
def zapier_webhook(value: str) -> Claim | None:
    """Whoever holds it starts the Zap with data of their own."""
    return NOTHING_MORE if is_drawn(value) else None
