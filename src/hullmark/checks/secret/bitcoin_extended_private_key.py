"""Bitcoin: extended private keys (BIP 32)."""

from random import Random

from hullmark.checks.checksums import BASE58, base58_bytes, base58_text
from hullmark.checks.declare import secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

SIZE_BYTES = 78
MAINNET, TESTNET = bytes.fromhex("0488ade4"), bytes.fromhex("04358394")


def _key(random: Random, version: bytes = MAINNET) -> str:
    return base58_text(version + random.randbytes(41) + b"\0" + random.randbytes(32))


@secret(
    id="bitcoin-extended-private-key",
    title="Bitcoin extended private key",
    severity=Severity.CRITICAL,
    confidence=Confidence.CERTAIN,
    pattern=r"\b([xyzt]prv[1-9A-HJ-NP-Za-km-z]{107})\b",
    anchor=r"[xyzt]prv[1-9A-HJ-NP-Za-km-z]{107}",
    max_chars=111,
    keywords=("xprv", "yprv", "zprv", "tprv"),
    binary=True,
    path="srv/wallet/descriptor.txt",
    remediation=(
        "Send what the wallet holds to a new one at once: every key of it follows from this one."
    ),
    references=(
        "https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki#serialization-format",
    ),
    bad=lambda random: assigned(random, "wallet", _key(random, random.choice((MAINNET, TESTNET)))),
    good=lambda random: random.choice(
        (
            f"xprv{text(random, 107, BASE58)}",
            f"xpub{text(random, 107, BASE58)}",
            _key(random)[:100],
        )
    ),
)
def bitcoin_extended_private_key(value: str) -> Claim | None:
    """Whoever holds it spends from every address of the wallet, also from those yet to come."""
    data = base58_bytes(value)
    if data is None or len(data) != SIZE_BYTES or data[45]:
        return None
    if value.startswith("tprv"):
        return Claim(says="its checksum holds; for the test network", severity=Severity.LOW)
    return Claim(says="its checksum holds")
