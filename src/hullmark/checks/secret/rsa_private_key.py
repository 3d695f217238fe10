"""RSA keys in PEM (RFC 8017)."""

from hullmark.checks import der, pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.pem import MAX_PEM_CHARS
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "RSA PRIVATE KEY"


@secret(
    id="rsa-private-key",
    title="RSA private key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor=pem.anchor(LABEL),
    max_chars=MAX_PEM_CHARS,
    keywords=("BEGIN RSA PRIVATE KEY",),
    binary=True,
    path="etc/ssl/private/server.key",
    remediation=(
        "Make a new key pair, replace the public key or certificate wherever it is "
        "trusted, revoke the certificate, and mount the key when the container runs."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2",),
    bad=lambda random: pem.written(random, LABEL, pem.rsa_key(random)),
    good=lambda random: pem.cut(random, LABEL, pem.rsa_key(random)),
)
def rsa_private_key(value: str) -> Claim | None:
    """Whoever holds it is the server, or the user, that its public half stands for.

    It is told when its two primes multiply to its modulus.
    """
    bits = der.rsa_bits(pem.body(value))
    return Claim(says=f"a whole key of {bits} bits, without a passphrase") if bits else None
