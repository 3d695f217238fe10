"""Private keys in PKCS #8 (RFC 5958, RFC 7468)."""

from hullmark.checks import der, pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.pem import MAX_PEM_CHARS
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "PRIVATE KEY"


@secret(
    id="pkcs8-private-key",
    title="Private key in PKCS #8",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor=pem.anchor(LABEL),
    max_chars=MAX_PEM_CHARS,
    keywords=("BEGIN PRIVATE KEY",),
    binary=True,
    path="etc/ssl/private/server.key",
    remediation=(
        "Make a new key pair, replace the public key or certificate wherever it is "
        "trusted, revoke the certificate, and mount the key when the container runs."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc7468#section-10",),
    bad=lambda random: pem.written(random, LABEL, pem.pkcs8_key(random)),
    good=lambda random: pem.cut(random, LABEL, pem.pkcs8_key(random)),
)
def pkcs8_private_key(value: str) -> Claim | None:
    """Whoever holds it is the server, or the account, that its public half stands for."""
    name = der.algorithm(pem.body(value))
    return Claim(says=f"a whole key: {name}, without a passphrase") if name else None
