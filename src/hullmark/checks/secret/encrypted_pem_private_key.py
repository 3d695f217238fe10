"""Private keys behind a password in the older PEM (RFC 1421, section 4.6)."""

from base64 import b64encode
from random import Random

from hullmark.checks import pem
from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import Claim
from hullmark.checks.pem import MAX_PEM_CHARS
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "(?:RSA|EC|DSA) PRIVATE KEY"
INSIDE = (
    rf"{pem.BREAK}Proc-Type: 4,ENCRYPTED{pem.BREAK}DEK-Info: [A-Z0-9-]{{5,20}},"
    rf"[0-9A-Fa-f]{{16,32}}{pem.BREAK}[A-Za-z0-9+/=\s\\]+?"
)
MIN_BODY_CHARS = 120


def _head(random: Random) -> str:
    return f"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{text(random, 32, HEX).upper()}\n\n"


def _key(random: Random, head: str) -> str:
    label = random.choice(("RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"))
    body = b64encode(random.randbytes(608)).decode()
    lines = "\n".join(body[at : at + 64] for at in range(0, len(body), 64))
    return f"-----BEGIN {label}-----\n{head}{lines}\n-----END {label}-----"


@secret(
    id="encrypted-pem-private-key",
    title="Private key in PEM behind a password",
    severity=Severity.MEDIUM,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL, INSIDE),
    anchor="Proc-Type: 4,ENCRYPTED",
    max_chars=MAX_PEM_CHARS,
    keywords=("Proc-Type: 4,ENCRYPTED",),
    path="etc/ssl/private/server.key",
    remediation=(
        "Mount the key when the container runs; make a new one, as this form guards its "
        "password with one round of MD5."
    ),
    references=(
        "https://docs.openssl.org/master/man3/PEM_read_bio_PrivateKey/#pem-encryption-format",
    ),
    bad=lambda random: random.choice(
        (
            _key(random, _head(random)),
            '"key": "' + _key(random, _head(random)).replace("\n", "\\n") + '"',
            "key: |\n    " + _key(random, _head(random)).replace("\n", "\n    "),
        )
    ),
    good=lambda random: random.choice(
        (
            _key(random, ""),
            f"-----BEGIN RSA PRIVATE KEY-----\n{_head(random)}...\n-----END RSA PRIVATE KEY-----",
            "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,",
            _key(random, _head(random)).replace("PRIVATE", "PUBLIC"),
        )
    ),
)
def encrypted_pem_private_key(value: str) -> Claim | None:
    """Its password alone protects it, behind one round of MD5: billions are tried a second."""
    value = value.replace("\\r", "").replace("\\n", "\n")
    cipher = value.partition("DEK-Info: ")[2].partition(",")[0]
    body = value.rpartition(",")[2].partition("\n")[2]
    if len("".join(body.split())) < MIN_BODY_CHARS:
        return None
    return Claim(says=f"encrypted with {cipher}")
