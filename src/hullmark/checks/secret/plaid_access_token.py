"""Plaid: tokens of linked bank accounts."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, unlike, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"access-{random.choice(('production', 'sandbox', 'development'))}-{uuid(random)}"


@secret(
    id="plaid-access-token",
    title="Plaid access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(access-(?:production|development|sandbox)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b",
    anchor=r"access-(?:production|development|sandbox)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    max_chars=60,
    keywords=("access-",),
    binary=True,
    remediation=f"{REVOKE}: call /item/remove or /item/access_token/invalidate.",
    references=("https://plaid.com/docs/api/items/#itemaccess_tokeninvalidate",),
    bad=lambda random: assigned(random, "plaid", _token(random)),
    good=lambda random: assigned(random, "plaid", unlike(random, "access-production-", 30, HEX)),
)
def plaid_access_token(value: str) -> Claim | None:
    """Together with the client's secret it reads a person's bank account."""
    if not is_drawn(value):
        return None
    if "-sandbox-" in value:
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
