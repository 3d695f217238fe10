"""WireGuard: keys shared with a peer."""

from base64 import b64encode

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


@secret(
    id="wireguard-preshared-key",
    title="WireGuard preshared key",
    severity=Severity.MEDIUM,
    pattern=r"\bPresharedKey[ \t]{0,8}=[ \t]{0,8}([A-Za-z0-9+/]{43}=)",
    anchor=r"PresharedKey[ \t]{0,8}=[ \t]{0,8}[A-Za-z0-9+/]{43}=",
    max_chars=80,
    keywords=("PresharedKey",),
    entropy=4.0,
    path="etc/wireguard/wg0.conf",
    remediation="Make a new one with wg genpsk and set it at both peers.",
    references=("https://www.wireguard.com/protocol/",),
    bad=lambda random: f"[Peer]\nPresharedKey = {b64encode(random.randbytes(32)).decode()}",
    good=lambda random: random.choice(
        (
            f"PublicKey = {b64encode(random.randbytes(32)).decode()}",
            "PresharedKey = <psk>",
            f"PresharedKey = {text(random, 40)}",
            f"PresharedKey = {b64encode(bytes(32)).decode()}",
        )
    ),
)
def wireguard_preshared_key(_: str) -> Claim | None:
    """It is the second secret of a tunnel, which guards it should its key exchange be broken."""
    return NOTHING_MORE
