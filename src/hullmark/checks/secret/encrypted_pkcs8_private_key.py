"""Private keys behind a password in PKCS #8 (RFC 5958, section 3)."""

from hullmark.checks import der, pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.pem import MAX_PEM_CHARS
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "ENCRYPTED PRIVATE KEY"


@secret(
    id="encrypted-pkcs8-private-key",
    title="Private key in PKCS #8 behind a password",
    severity=Severity.MEDIUM,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor=pem.anchor(LABEL),
    max_chars=MAX_PEM_CHARS,
    keywords=("BEGIN ENCRYPTED PRIVATE KEY",),
    binary=True,
    path="etc/ssl/private/server.key",
    remediation=(
        "Mount the key when the container runs; make a new one where its password is "
        "weak, or is in the same image."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc7468#section-11",),
    bad=lambda random: pem.written(random, LABEL, pem.encrypted_key(random)),
    good=lambda random: pem.cut(random, LABEL, pem.encrypted_key(random)),
)
def encrypted_pkcs8_private_key(value: str) -> Claim | None:
    """Its password alone protects it, and whoever pulls the image tries as many as they like."""
    if not der.is_encrypted(pem.body(value)):
        return None
    return Claim(says="a whole key, encrypted")
