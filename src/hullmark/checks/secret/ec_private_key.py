"""EC keys in PEM (RFC 5915)."""

from hullmark.checks import der, pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "EC PRIVATE KEY"


@secret(
    id="ec-private-key",
    title="EC private key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor=pem.anchor(LABEL),
    max_chars=2048,
    keywords=("BEGIN EC PRIVATE KEY",),
    binary=True,
    path="etc/ssl/private/server.key",
    remediation=(
        "Make a new key pair, replace the public key or certificate wherever it is "
        "trusted, revoke the certificate, and mount the key when the container runs."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc5915",),
    bad=lambda random: pem.written(random, LABEL, pem.ec_key(random)),
    good=lambda random: pem.cut(random, LABEL, pem.ec_key(random)),
)
def ec_private_key(value: str) -> Claim | None:
    """Whoever holds it is the server, or signs tokens and code as its owner does."""
    if not der.is_ec(pem.body(value)):
        return None
    return Claim(says="a whole key, without a passphrase")
