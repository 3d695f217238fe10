"""NATS: seeds of operators, accounts, users and servers (nkeys)."""

from random import Random

from hullmark.checks.checksums import base32_bytes, base32_text
from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE32, text
from hullmark.checks.forms import near
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

KINDS = {
    "SO": "operator",
    "SA": "account",
    "SU": "user",
    "SN": "server",
    "SC": "cluster",
    "SX": "curve",
}
SEED = 18 << 3
PUBLIC = {"SO": 14 << 3, "SA": 0, "SU": 20 << 3, "SN": 13 << 3, "SC": 2 << 3, "SX": 23 << 3}
"""What the seed says of its public key: a letter's place in base 32, in the upper five bits."""


def _seed(random: Random) -> str:
    public = random.choice(tuple(PUBLIC.values()))
    head = bytes((SEED | public >> 5, (public & 31) << 3))
    return base32_text(head + random.randbytes(32))


@secret(
    id="nats-seed",
    title="NATS seed",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    **near(
        *("NKEY", "nkey", "Nkey", "nats", "NATS", "Nats", "_SEED"),
        value=r"S[OAUNCX][A-Z2-7]{56}\b",
        chars=58,
    ),
    entropy=3.8,
    path="etc/nats/user.creds",
    remediation=(
        "Revoke the user or rotate the account's key with nsc, push that to the servers, "
        "and issue new credentials."
    ),
    references=(
        "https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth",
    ),
    bad=lambda random: random.choice(
        (
            f"-----BEGIN USER NKEY SEED-----\n{_seed(random)}\n------END USER NKEY SEED------",
            f'nkey_seed: "{_seed(random)}"',
        )
    ),
    good=lambda random: random.choice(
        (
            f'nkey: "U{text(random, 55, BASE32)}"',
            f"SU{text(random, 56, BASE32)}",
            f"{_seed(random)[:40]}",
        )
    ),
)
def nats_seed(value: str) -> Claim | None:
    """Whoever holds it connects as this user, or signs users and accounts into being.

    It ends in a checksum, so text that only looks like one is passed over.
    """
    data = base32_bytes(value)
    return Claim(says=f"its checksum holds; of kind {KINDS[value[:2]]}") if data else None
