"""OpenPGP secret keys in ASCII armour (RFC 9580, section 6.2)."""

from base64 import b64encode
from random import Random
from re import compile as regex

from hullmark.checks import pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.pem import MAX_PEM_CHARS
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity

LABEL = "PGP PRIVATE KEY BLOCK"
INSIDE = (
    rf"(?:{pem.BREAK}(?:Version|Comment|Hash|Charset): [^\r\n]{{0,200}}?)*{pem.BREAK}"
    r"[A-Za-z0-9+/=\s\\]+?"
)
SECRET_KEY, SECRET_SUBKEY = 5, 7
MIN_KEY_BYTES = 64

_body = regex(r"(?:\A|\n)[ \t]*\r?\n((?:[ \t]*[A-Za-z0-9+/]+={0,2}[ \t]*\r?\n)+)").search


def _armoured(random: Random, first: int, size: int) -> str:
    text = b64encode(bytes((first, size >> 8, size & 255, 4)) + random.randbytes(size - 1)).decode()
    lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    head = random.choice(("", "Version: GnuPG v2\n", "Comment: signing of releases\n"))
    checksum = b64encode(random.randbytes(3)).decode()
    return f"-----BEGIN {LABEL}-----\n{head}\n{lines}\n={checksum}\n-----END {LABEL}-----"


@secret(
    id="pgp-private-key",
    title="OpenPGP private key",
    severity=Severity.HIGH,
    pattern=pem.pattern(LABEL, INSIDE),
    anchor=pem.anchor(LABEL),
    max_chars=MAX_PEM_CHARS,
    keywords=("BEGIN PGP PRIVATE KEY BLOCK",),
    path="root/signing.asc",
    remediation=(
        "Revoke the key by its revocation certificate, publish that, make a new key, and "
        "sign where no image is built."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc9580#section-5.5.3",),
    bad=lambda random: random.choice(
        (
            _armoured(random, 0x95, random.randrange(300, 1400)),
            '"key": "' + _armoured(random, 0x95, 900).replace("\n", "\\n") + '"',
            "  " + _armoured(random, 0x95, 900).replace("\n", "\n  "),
        )
    ),
    good=lambda random: random.choice(
        (
            _armoured(random, 0x99, random.randrange(300, 1400)),
            _armoured(random, 0x95, 20),
            f"-----BEGIN {LABEL}-----\n\n...\n-----END {LABEL}-----",
            f'HEADER = "-----BEGIN {LABEL}-----"; FOOTER = "-----END {LABEL}-----"',
            _armoured(random, 0x95, 900).replace("PRIVATE", "PUBLIC"),
        )
    ),
)
def pgp_private_key(value: str) -> Claim | None:
    """Whoever holds it signs packages and mail as its owner, and reads what was encrypted to them.

    A passphrase may protect it, and is tried without end by whoever has the image.
    """
    found = _body(value.replace("\\r", "").replace("\\n", "\n"))
    data = base64_bytes("".join(found[1].split())) if found else None
    if data is None or len(data) < MIN_KEY_BYTES or not data[0] & 0x80:
        return None
    tag = data[0] & 0x3F if data[0] & 0x40 else data[0] >> 2 & 0xF
    return (
        Claim(says="its first packet is a secret key")
        if tag in (SECRET_KEY, SECRET_SUBKEY)
        else None
    )
