"""minisign: secret keys."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity
from hullmark.model.rule import Confidence

SIZE_BYTES = 158
ENCRYPTED, PLAIN = b"EdScB2", b"Ed\0\0B2"


def _key(random: Random, head: bytes = ENCRYPTED) -> str:
    return b64encode(head + random.randbytes(SIZE_BYTES - len(head))).decode()


@secret(
    id="minisign-secret-key",
    title="minisign secret key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=r"\b((?:RWRTY0Iy|RWQAAEIy)[A-Za-z0-9+/]{200,204}={0,2})",
    anchor=r"RW(?:RTY0Iy|QAAEIy)[A-Za-z0-9+/]{180}",
    max_chars=220,
    keywords=("RWRTY0Iy", "RWQAAEIy"),
    path="root/.minisign/minisign.key",
    remediation=(
        "Make a new key pair, publish its public key by another way, and say that the old "
        "one is no longer to be trusted."
    ),
    references=("https://jedisct1.github.io/minisign/",),
    bad=lambda random: (
        "untrusted comment: minisign encrypted secret key\n"
        f"{_key(random, random.choice((ENCRYPTED, PLAIN)))}"
    ),
    good=lambda random: random.choice(
        (
            f"untrusted comment: minisign public key\nRWQ{text(random, 53, BASE64)}",
            _key(random)[:100],
            f"untrusted comment: signature\nRUQ{text(random, 95, BASE64)}=",
        )
    ),
)
def minisign_secret_key(value: str) -> Claim | None:
    """Whoever holds it, and its password where it has one, signs releases as its owner."""
    data = base64_bytes(value)
    if data is None or len(data) != SIZE_BYTES:
        return None
    if data.startswith(PLAIN):
        return Claim(says="without a password", severity=Severity.CRITICAL)
    return Claim(says="encrypted", severity=Severity.MEDIUM)
