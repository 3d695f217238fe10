"""Certificates in files, as far as checks ask for them: who, until when, and how signed.

Formats: RFC 5280 (X.509), RFC 7468 (lines of dashes), ITU-T X.690 (DER).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from re import DOTALL
from re import compile as regex
from typing import NamedTuple

from hullmark.checks import der
from hullmark.checks.proofs import base64_bytes
from hullmark.model import File

NAMES = ("*.pem", "*.crt", "*.cer", "*.cert")
ANCHORS = ("usr/local/share/ca-certificates/*.crt", "etc/pki/ca-trust/source/anchors/*")

TRUST_STORES = (
    "etc/ssl/certs/",
    "etc/ssl/cert.pem",
    "etc/pki/",
    "usr/lib/ssl/",
    "usr/share/ca-certificates/",
    "usr/share/pki/",
    "etc/ca-certificates/",
    "/certifi/",
    "/botocore/",
    "/cacert.pem",
    "/ca-bundle",
    "/ca-certificates",
)
"""Parts of paths of lists of roots, which keep old and weak ones for what these have signed."""

EXAMPLES = (
    "/certdata/",
    "/doc/",
    "/docs/",
    "/example/",
    "/examples/",
    "/fixtures/",
    "/test/",
    "/test_data/",
    "/testdata/",
    "/testing/",
    "/tests/",
)
"""Folders of certificates and keys that prove something to a test, and nothing to anybody else."""

MAX_FILE_BYTES = 1024 * 1024
"""Files of certificates that a program uses as its own hold a few."""

MAX_CERTIFICATES = 50
MAX_BASE64_CHARS = 32 * 1024

RSA = "2a864886f70d010101"
WEAK_SIGNATURES = {
    "2a864886f70d010102": "MD2",
    "2a864886f70d010104": "MD5",
    "2a864886f70d010105": "SHA-1",
    "2a8648ce380403": "SHA-1",
    "2a8648ce3d0401": "SHA-1",
}
"""By the object identifier of the signature's algorithm, as encoded."""

_UTC_TIME, _VERSION = 0x17, 0xA0
_COMMON_NAME = "550403"
_FIRST_OF_THIS_CENTURY = 50
"""Two digits of a year from here on mean 19xx (RFC 5280, 4.1.2.5.1)."""

_pem = regex(
    rb"-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]{16,%d})-----END"
    % MAX_BASE64_CHARS,
    DOTALL,
)


class Certificate(NamedTuple):
    """One certificate; ``rsa_bits`` is 0 for other keys, ``weak_signature`` a name or empty."""

    name: str
    ends: datetime
    rsa_bits: int
    weak_signature: str
    is_own_issuer: bool
    line: int


def certificates(file: File) -> Iterator[Certificate]:
    """The certificates of a file, by lines of dashes or as plain DER; what is none is left out."""
    if not 0 < file.size <= MAX_FILE_BYTES:
        return
    data = file.data
    if data[:1] == b"\x30" and (found := read(data, 0)):
        yield found
        return
    line, at = 1, 0
    for count, block in enumerate(_pem.finditer(data)):
        if count >= MAX_CERTIFICATES:
            return
        line += data.count(b"\n", at, block.start())
        at = block.start()
        body = base64_bytes(b"".join(block[1].split()).decode())
        if body and (found := read(body, line)):
            yield found


def read(data: bytes, line: int) -> Certificate | None:
    """One certificate in DER; ``None`` where the data is none."""
    outer = der.items(data)
    if [each.tag for each in outer] != [der.SEQUENCE, der.SEQUENCE, der.BITS]:
        return None
    fields = der.parts(outer[0].value)
    if fields and fields[0].tag == _VERSION:
        fields = fields[1:]
    if len(fields) < 6:  # noqa: PLR2004 - serial, signature, issuer, validity, subject, key
        return None
    _, _, issuer, validity, subject, key = fields[:6]
    times = der.parts(validity.value)
    ends = _time(times[1]) if len(times) == 2 else None  # noqa: PLR2004 - from and to
    if ends is None:
        return None
    signature = der.parts(outer[1].value)
    return Certificate(
        name=_name(subject.value),
        ends=ends,
        rsa_bits=_rsa_bits(key.value),
        weak_signature=WEAK_SIGNATURES.get(signature[0].value.hex(), "") if signature else "",
        is_own_issuer=issuer.value == subject.value,
        line=line,
    )


def _time(item: der.Item) -> datetime | None:
    digits = item.value.decode("ascii", "replace").removesuffix("Z")
    if item.tag == _UTC_TIME:
        century = "19" if digits[:2] >= str(_FIRST_OF_THIS_CENTURY) else "20"
        digits = century + digits
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _name(subject: bytes) -> str:
    """The common name; the last one counts."""
    name = ""
    for part in der.parts(subject):
        for pair in der.parts(part.value):
            both = der.parts(pair.value)
            if len(both) == 2 and both[0].value.hex() == _COMMON_NAME:  # noqa: PLR2004 - type and value
                name = both[1].value.decode(errors="replace")
    return name


def _rsa_bits(key: bytes) -> int:
    parts = der.parts(key)
    if [each.tag for each in parts] != [der.SEQUENCE, der.BITS]:
        return 0
    algorithm = der.parts(parts[0].value)
    if not algorithm or algorithm[0].value.hex() != RSA:
        return 0
    numbers = der.items(parts[1].value[1:])
    return numbers[0].number.bit_length() if numbers else 0


def is_example(path: str) -> bool:
    """Whether a path belongs to tests or documentation."""
    return any(each in f"/{path}" for each in EXAMPLES)


def in_trust_store(path: str) -> bool:
    """Whether a path belongs to a list of roots rather than to a program's own certificates."""
    return any(path.startswith(each) or (each[0] == "/" and each in path) for each in TRUST_STORES)
