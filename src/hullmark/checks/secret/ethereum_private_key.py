"""Ethereum: private keys that are given to a variable."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
"""Of the curve secp256k1 (SEC 2): keys are below it."""


def _key(random: Random) -> str:
    return f"{random.randrange(1 << 240, ORDER):064x}"


@secret(
    id="ethereum-private-key",
    title="Ethereum private key",
    severity=Severity.CRITICAL,
    pattern=(
        r"(?i:private_?key|privkey|deployer_?key|mnemonic_?key)[\"']?[ \t]{0,4}[:=][ \t]"
        r"{0,4}[\"']?(0x[0-9a-fA-F]{64})\b"
    ),
    anchor=r"(?i:key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?0x[0-9a-fA-F]{64}",
    max_chars=110,
    keywords=("0x",),
    entropy=3.2,
    path="app/.env",
    remediation="Move what the account holds, and what contracts let it do, to a new account.",
    references=("https://ethereum.org/developers/docs/accounts/",),
    bad=lambda random: random.choice(
        (
            f"PRIVATE_KEY=0x{_key(random)}",
            f'  "privateKey": "0x{_key(random)}"',
            f"DEPLOYER_PRIVATE_KEY='0x{_key(random)}'",
        )
    ),
    good=lambda random: random.choice(
        (
            f"PRIVATE_KEY=0x{'f' * 64}",
            f"PUBLIC_KEY=0x{_key(random)}",
            f"TX_HASH=0x{_key(random)}",
            f"PRIVATE_KEY=0x{_key(random)[:40]}",
            "PRIVATE_KEY=0x...",
        )
    ),
)
def ethereum_private_key(value: str) -> Claim | None:
    """Whoever holds it spends what the account holds, and nobody can undo that."""
    return NOTHING_MORE if 0 < int(value, 16) < ORDER else None
