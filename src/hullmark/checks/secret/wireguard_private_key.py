"""WireGuard: private keys of interfaces."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity

CLAMP_LOW, CLAMP_HIGH = 0x07, 0xC0


def _key(random: Random) -> str:
    data = bytearray(random.randbytes(32))
    data[0] &= 0xFF ^ CLAMP_LOW
    data[31] = data[31] & 0x3F | 0x40
    return b64encode(data).decode()


@secret(
    id="wireguard-private-key",
    title="WireGuard private key",
    severity=Severity.HIGH,
    pattern=r"\bPrivateKey[ \t]{0,8}=[ \t]{0,8}([A-Za-z0-9+/]{43}=)",
    anchor=r"PrivateKey[ \t]{0,8}=[ \t]{0,8}[A-Za-z0-9+/]{43}=",
    max_chars=80,
    keywords=("PrivateKey",),
    entropy=4.0,
    path="etc/wireguard/wg0.conf",
    remediation=(
        "Make a new pair with wg genkey, replace the public key at every peer, and mount "
        "the configuration when the container runs."
    ),
    references=("https://www.wireguard.com/quickstart/",),
    bad=lambda random: f"[Interface]\nPrivateKey = {_key(random)}\nListenPort = 51820",
    good=lambda random: random.choice(
        (
            f"PublicKey = {_key(random)}",
            "PrivateKey = <contents-of-privatekey>",
            f"PrivateKey = {text(random, 30)}",
            f"PrivateKey = {b64encode(bytes((7, *random.randbytes(30), 255))).decode()}",
        )
    ),
)
def wireguard_private_key(value: str) -> Claim | None:
    """Whoever holds it joins the network as this machine, and reads what it is sent."""
    data = base64_bytes(value)
    if data is None or data[0] & CLAMP_LOW or data[31] & CLAMP_HIGH != 0x40:  # noqa: PLR2004 - RFC 7748, section 5
        return None
    return Claim(says="its bits are set as X25519 asks")
