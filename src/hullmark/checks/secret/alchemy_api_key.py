"""Alchemy: keys, alone and in addresses of nodes."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return random.choice(
        (f"alcht_{text(random, 30)}", f"https://eth-mainnet.g.alchemy.com/v2/{text(random, 32)}")
    )


@secret(
    id="alchemy-api-key",
    title="Alchemy API key",
    severity=Severity.MEDIUM,
    pattern=r"\b(alcht_[0-9A-Za-z]{30}|alchemy(?:api)?\.(?:com|io)/v2/[0-9A-Za-z_-]{32})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:alcht_[0-9A-Za-z]{30}|alchemy(?:api)?\.(?:com|io)/v2/[0-9A-Za-z_-]{32})",
    max_chars=70,
    keywords=(
        "alcht_",
        "alchemy",
    ),
    binary=True,
    remediation=f"{REVOKE}: the dashboard, the app's API key.",
    references=("https://www.alchemy.com/docs/reference/api-overview",),
    bad=lambda random: assigned(random, "alchemy", _token(random)),
    good=lambda random: assigned(random, "alchemy", unlike(random, "alcht_", 30)),
)
def alchemy_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the nodes at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
