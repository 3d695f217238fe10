"""Certificates for examples of checks: built field by field, and signed by nobody."""

from base64 import encodebytes

from hullmark.checks import der
from hullmark.model import File

SHA256_RSA, SHA1_RSA = "2a864886f70d01010b", "2a864886f70d010105"
NEVER = "99991231235959Z"
_RSA = "2a864886f70d010101"
_GENERALIZED, _TEXT, _SET = 0x18, 0x0C, 0x31


def certificate(
    *, ends: str = NEVER, bits: int = 2048, signed: str = SHA256_RSA, issuer: str = "Example CA"
) -> bytes:
    """A certificate of ``www.example`` in DER."""
    algorithm = der.encoded(der.SEQUENCE, der.encoded(der.OID, bytes.fromhex(signed)))
    times = (der.encoded(_GENERALIZED, each.encode()) for each in ("20200101000000Z", ends))
    numbers = der.encoded(der.SEQUENCE, der.integers((1 << bits) - 1, 65537))
    kind = der.encoded(der.SEQUENCE, der.encoded(der.OID, bytes.fromhex(_RSA)))
    body = der.encoded(
        der.SEQUENCE,
        der.integers(1),
        algorithm,
        _named(issuer),
        der.encoded(der.SEQUENCE, *times),
        _named("www.example"),
        der.encoded(der.SEQUENCE, kind, der.encoded(der.BITS, b"\0" + numbers)),
    )
    return der.encoded(der.SEQUENCE, body, algorithm, der.encoded(der.BITS, bytes(33)))


def pem(path: str, *found: bytes) -> File:
    """A file of certificates between lines of dashes."""
    blocks = (
        b"-----BEGIN CERTIFICATE-----\n" + encodebytes(each) + b"-----END CERTIFICATE-----\n"
        for each in found
    )
    return File(path=path, content=b"".join(blocks))


def _named(name: str) -> bytes:
    pair = der.encoded(
        der.SEQUENCE,
        der.encoded(der.OID, bytes.fromhex("550403")),
        der.encoded(_TEXT, name.encode()),
    )
    return der.encoded(der.SEQUENCE, der.encoded(_SET, pair))
