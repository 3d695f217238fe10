"""Bitcoin: private keys in Wallet Import Format."""

from random import Random

from hullmark.checks.checksums import base58_bytes, base58_text
from hullmark.checks.declare import secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

MAINNET, TESTNET = 0x80, 0xEF
KEY_BYTES = 32


def _key(random: Random, version: int = MAINNET) -> str:
    return base58_text(
        bytes((version,)) + random.randbytes(KEY_BYTES) + random.choice((b"", b"\1"))
    )


def _forged(random: Random) -> str:
    key = _key(random)
    return key[:-1] + ("2" if key[-1] != "2" else "3")


@secret(
    id="bitcoin-private-key",
    title="Bitcoin private key",
    severity=Severity.CRITICAL,
    confidence=Confidence.CERTAIN,
    **named(
        *("wallet", "bitcoin", "btc_key", "private_key", "priv_key", "import_priv", "wif_key"),
        value="[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51}",
        chars=52,
        words="",
        start="[5KLc9][1-9A-HJ-NP-Za-km-z]{50}",
        common=True,
    ),
    entropy=4.5,
    path="srv/wallet/keys.txt",
    remediation=(
        "Send what its address holds to a new wallet at once: the chain has nobody who "
        "could block the key."
    ),
    references=("https://en.bitcoin.it/wiki/Wallet_import_format",),
    bad=lambda random: assigned(random, "wallet", _key(random)),
    good=lambda random: assigned(
        random, "wallet", random.choice((_forged(random), text(random, 51)))
    ),
)
def bitcoin_private_key(value: str) -> Claim | None:
    """Whoever holds it spends the coins of its address, and nobody can undo that.

    It is looked for behind words such as wallet and private key. It ends in a checksum, so text
    that only looks like one is passed over.
    """
    data = base58_bytes(value)
    if data is None or len(data) not in (1 + KEY_BYTES, 2 + KEY_BYTES):
        return None
    if data[0] == TESTNET:
        return Claim(says="its checksum holds; for the test network", severity=Severity.LOW)
    return Claim(says="its checksum holds") if data[0] == MAINNET else None
