"""DSA keys in PEM, as OpenSSL writes them."""

from hullmark.checks import der, pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "DSA PRIVATE KEY"


@secret(
    id="dsa-private-key",
    title="DSA private key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor=pem.anchor(LABEL),
    max_chars=8192,
    keywords=("BEGIN DSA PRIVATE KEY",),
    binary=True,
    path="etc/ssh/ssh_host_dsa_key",
    remediation=(
        "Make a new key pair of another kind, as DSA is no longer accepted by OpenSSH, "
        "and remove the public key wherever it is trusted."
    ),
    references=("https://docs.openssl.org/master/man1/openssl-dsa/",),
    bad=lambda random: pem.written(random, LABEL, pem.dsa_key(random)),
    good=lambda random: pem.cut(random, LABEL, pem.dsa_key(random)),
)
def dsa_private_key(value: str) -> Claim | None:
    """Whoever holds it logs in, or signs, wherever its public half is still trusted.

    It is told when its public half follows from its private one.
    """
    bits = der.dsa_bits(pem.body(value))
    return Claim(says=f"a whole key of {bits} bits, without a passphrase") if bits else None
