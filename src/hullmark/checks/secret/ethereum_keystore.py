"""Ethereum: key files behind a password (Web3 Secret Storage)."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import Claim
from hullmark.model import Severity


def _file(random: Random, version: int = 3) -> str:
    return (
        f'{{"address":"{text(random, 40, HEX)}","crypto":{{"cipher":"aes-128-ctr","ciphertext":"'
        f'{text(random, 64, HEX)}","cipherparams":{{"iv":"{text(random, 32, HEX)}"}}}},"ve'
        f'rsion":{version}}}'
    )


@secret(
    id="ethereum-keystore",
    title="Ethereum key file",
    severity=Severity.MEDIUM,
    pattern=(
        r"(?i:\"crypto\")\s?:\s?\{[^{}]*(?:\"cipherparams\"\s?:\s?\{[^{}]{0,100}"
        r"\}\s?,?[^{}]{0,200})?\"ciphertext\"\s?:\s?\"([0-9a-f]{64})\""
    ),
    anchor=r"\"ciphertext\"\s?:\s?\"[0-9a-f]{64}\"",
    max_chars=1000,
    keywords=('"ciphertext"',),
    entropy=3.0,
    path="root/.ethereum/keystore/UTC--2024-03-05T10-11-12Z",
    remediation=(
        "Move what the account holds to a new one, and mount the key file when the container runs."
    ),
    references=(
        "https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage/",
    ),
    bad=_file,
    good=lambda random: random.choice(
        (
            f'{{"ciphertext":"{text(random, 64, HEX)}"}}',
            _file(random).replace("crypto", "sealed"),
            f'"crypto": {{"ciphertext": "{text(random, 32, HEX)}"}}',
        )
    ),
)
def ethereum_keystore(_: str) -> Claim | None:
    """Its password alone stands between whoever has the image and what the account holds."""
    return Claim(says="encrypted")
