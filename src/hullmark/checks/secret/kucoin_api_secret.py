"""KuCoin: ids of API keys and their secrets."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "KUCOIN_API_KEY",
    "KUCOIN_SECRET",
    "kucoin.secret",
)


def _token(random: Random) -> str:
    return random.choice((text(random, 24, HEX), uuid(random)))


@secret(
    id="kucoin-api-secret",
    title="KuCoin API key",
    severity=Severity.CRITICAL,
    **named(
        "kucoin",
        value=r"(?:[0-9a-f]{24}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
        chars=36,
    ),
    entropy=2.8,
    remediation=f"{REVOKE}: API Management.",
    references=("https://www.kucoin.com/docs-new/authentication",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 28, HEX)),
)
def kucoin_api_secret(value: str) -> Claim | None:
    """A key, its secret and its passphrase together trade and may move coins."""
    return NOTHING_MORE if is_drawn(value) else None
