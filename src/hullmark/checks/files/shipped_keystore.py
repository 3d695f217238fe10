"""Keystores with private keys."""

from collections.abc import Iterator

from hullmark.checks import der
from hullmark.checks.declare import file_check
from hullmark.checks.keystores import JKS_MAGIC, NAMES, keystore
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    data = JKS_MAGIC + b"\0\0\0\2\0\0\0\1\0\0\0\1\0\3app" + bytes(40)
    return (File(path="app/server.jks", content=data), File(path="app/a.p12", content=_pfx()))


def _pfx() -> bytes:
    """The frame of a PKCS #12 file."""
    name = der.encoded(der.OID, bytes.fromhex("2a864886f70d010701"))
    inside = der.encoded(0xA0, der.encoded(der.OCTETS, bytes(16)))
    sha1 = der.encoded(der.SEQUENCE, der.encoded(der.OID, bytes.fromhex("2b0e03021a")))
    mac = der.encoded(der.SEQUENCE, sha1, der.encoded(der.OCTETS, bytes(20)))
    return der.encoded(
        der.SEQUENCE,
        der.integers(3),
        der.encoded(der.SEQUENCE, name, inside),
        der.encoded(der.SEQUENCE, mac, der.encoded(der.OCTETS, bytes(8)), der.integers(1)),
    )


def _good() -> tuple[File, ...]:
    data = JKS_MAGIC + b"\0\0\0\2\0\0\0\1\0\0\0\2\0\3app" + bytes(40)
    return (File(path="app/trust.jks", content=data), File(path="app/a.p12", content=b"nothing"))


@file_check(
    id="shipped-keystore",
    title="The image holds a keystore",
    kind=Kind.SECRET,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    names=NAMES,
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Mount it where the container runs, and replace the keys that were shipped.",
    references=("https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html",),
)
def shipped_keystore(file: File) -> Iterator[Evidence]:
    """Everybody who can pull the image has the private keys, and as long as they like to guess."""
    found = keystore(file)
    if found and found.password is None:
        yield Evidence(at="", says=f"holds a {found.kind} keystore")
