"""signify: secret keys of OpenBSD's signer."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity
from hullmark.model.rule import Confidence

SIZE_BYTES = 104
HEAD = b"EdBK"


def _key(random: Random, rounds: int = 42) -> str:
    return b64encode(HEAD + rounds.to_bytes(4) + random.randbytes(SIZE_BYTES - 8)).decode()


@secret(
    id="signify-secret-key",
    title="signify secret key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=r"\b(RWRCSw[A-Za-z0-9+/]{132,134}={0,2})",
    anchor=r"RWRCSw[A-Za-z0-9+/]{120}",
    max_chars=144,
    keywords=("RWRCSw",),
    path="root/release.sec",
    remediation=(
        "Make a new key pair, publish its public key by another way, and say that the old "
        "one is no longer to be trusted."
    ),
    references=("https://man.openbsd.org/signify",),
    bad=lambda random: (
        f"untrusted comment: signify secret key\n{_key(random, random.choice((0, 42)))}"
    ),
    good=lambda random: random.choice(
        (
            f"untrusted comment: signify public key\nRWR{text(random, 53, BASE64)}",
            _key(random)[:90],
        )
    ),
)
def signify_secret_key(value: str) -> Claim | None:
    """Whoever holds it, and its passphrase where it has one, signs releases as its owner."""
    data = base64_bytes(value)
    if data is None or len(data) != SIZE_BYTES:
        return None
    if data[4:8] == bytes(4):
        return Claim(says="without a passphrase")
    return Claim(says="encrypted", severity=Severity.MEDIUM)
