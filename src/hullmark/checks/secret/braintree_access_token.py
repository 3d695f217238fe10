"""Braintree and PayPal: access tokens of merchants."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, LOWER, assigned, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"access_token$production${text(random, 16, LOWER)}${text(random, 32, HEX)}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            token[:-2],
            token.replace("production", "sandbox"),
            "access_token$production$" + uuid(random),
            "${BRAINTREE_TOKEN}",
        )
    )


@secret(
    id="braintree-access-token",
    title="Braintree access token",
    severity=Severity.CRITICAL,
    pattern=r"access_token\$production\$[0-9a-z]{16}\$([0-9a-f]{32})\b",
    anchor=r"access_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}",
    max_chars=76,
    keywords=("access_token$",),
    binary=True,
    remediation=f"{REVOKE}: the control panel, Settings, API.",
    references=(
        "https://developer.paypal.com/braintree/docs/guides/authorization/gateway-credentials",
    ),
    bad=lambda random: assigned(random, "braintree", _token(random)),
    good=lambda random: assigned(random, "braintree", _lookalike(random)),
)
def braintree_access_token(value: str) -> Claim | None:
    """Whoever holds it moves the merchant's money: they charge, refund and see customers."""
    return NOTHING_MORE if is_drawn(value) else None
