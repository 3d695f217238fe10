"""Sigstore: keys that cosign makes."""

from base64 import b64encode
from random import Random

from hullmark.checks import pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY"
KDF = b'"kdf"'


def _key(random: Random) -> str:
    label = random.choice(("ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY"))
    salt, sealed = (b64encode(random.randbytes(size)).decode() for size in (32, 300))
    inner = '{"kdf":{"name":"scrypt","salt":"' + salt + '"},"ciphertext":"' + sealed + '"}'
    return pem.written(random, label, inner.encode())


@secret(
    id="cosign-private-key",
    title="Sigstore signing key",
    severity=Severity.MEDIUM,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor=r"-----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----",
    max_chars=4096,
    keywords=("ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY"),
    path="ci/cosign.key",
    remediation=(
        "Make a new pair with cosign generate-key-pair, sign your images anew, and take "
        "the old public key out of every policy."
    ),
    references=("https://docs.sigstore.dev/cosign/key_management/overview/",),
    bad=_key,
    good=lambda random: random.choice(
        (
            pem.written(random, "ENCRYPTED SIGSTORE PRIVATE KEY", random.randbytes(300)),
            _key(random).replace("PRIVATE", "PUBLIC"),
            (
                "-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----\n...\n-----END ENCRYPTED COSIGN "
                "PRIVATE KEY-----"
            ),
        )
    ),
)
def cosign_private_key(value: str) -> Claim | None:
    """With its password it signs images that your policies let in.

    The password can be tried without end by whoever has the image.
    """
    return Claim(says="encrypted") if KDF in pem.body(value) else None
