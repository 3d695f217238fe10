"""Infura: keys in addresses of nodes."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"https://mainnet.infura.io/v3/{text(random, 32, HEX)}"


@secret(
    id="infura-key",
    title="Infura key",
    severity=Severity.MEDIUM,
    pattern=r"infura\.io/(?:ws/)?v3/([0-9a-f]{32})\b",
    anchor=r"infura\.io/(?:ws/)?v3/[0-9a-f]{32}",
    max_chars=56,
    keywords=("infura.io",),
    entropy=3.0,
    remediation=f"{REVOKE}: the dashboard, the key's settings.",
    references=("https://docs.metamask.io/services/get-started/infura/",),
    bad=lambda random: assigned(random, "infura", _token(random)),
    good=lambda random: assigned(
        random, "infura", unlike(random, "https://mainnet.infura.io/v3/", 32, HEX)
    ),
)
def infura_key(value: str) -> Claim | None:
    """Whoever holds it uses the nodes at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
