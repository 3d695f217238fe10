"""Loggly: customer tokens, which are plain UUIDs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "LOGGLY_TOKEN",
    "loggly.token",
    "logglyCustomerToken",
)


def _token(random: Random) -> str:
    return uuid(random)


@secret(
    id="loggly-token",
    title="Loggly token",
    severity=Severity.MEDIUM,
    **named(
        "loggly",
        value=r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="token|key",
    ),
    remediation=f"{REVOKE}: Logs, Source Setup, Customer Tokens.",
    references=(
        "https://documentation.solarwinds.com/en/success_center/loggly/content/admin/customer-token-authentication-token.htm",
    ),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 36, HEX)),
)
def loggly_token(value: str) -> Claim | None:
    """Whoever holds it writes made-up logs at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
