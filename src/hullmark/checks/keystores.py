"""Keystores of Java and PKCS #12, and whether a password is the one that everybody knows.

Formats: the source of OpenJDK's JavaKeyStore (JKS), RFC 7292 (PKCS #12).
"""

import hashlib
from hmac import compare_digest
from hmac import digest as hmac_digest
from typing import NamedTuple

from hullmark.checks import der
from hullmark.model import File

NAMES = ("*.jks", "*.keystore", "*.ks", "*.p12", "*.pfx", "*.bcfks")
PASSWORDS = ("changeit", "", "changeme", "password", "secret", "android", "123456")
"""What tools and guides suggest."""

JKS_HEAD_BYTES, JKS_MARK_BYTES = 12, 20
JKS_MAGIC, JCEKS_MAGIC = b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"
MAX_KEYSTORE_BYTES = 4 * 1024 * 1024
MAX_ITERATIONS = 20_000
"""Java writes 10,000 and OpenSSL 2,048; a password takes 10 ms of them."""

MAX_SALT_BYTES = 256
MAX_ENTRIES = 2000
"""Of a JKS file that are looked at for a private key; Java's own list of roots has 150."""

_WHITENER = b"Mighty Aphrodite"
_PRIVATE, _TRUSTED, _SECRET = 1, 2, 3
_MAC_KEY = 3
_HASHES = {
    "2b0e03021a": "sha1",
    "608648016503040201": "sha256",
    "608648016503040202": "sha384",
    "608648016503040203": "sha512",
}
_PBE = (bytes.fromhex("060b2a864886f70d010c0a0102"), bytes.fromhex("060b2a864886f70d010c0a0101"))
"""Bags of keys, where they are not encrypted as a whole."""


class Keystore(NamedTuple):
    """``password`` is one that everybody knows, ``None`` where none of these fits."""

    kind: str
    password: str | None


def keystore(file: File) -> Keystore | None:
    """A keystore that may hold private keys; ``None`` for lists of certificates and other files."""
    if not 0 < file.size <= MAX_KEYSTORE_BYTES:
        return None
    data = file.data
    if data[:4] in (JKS_MAGIC, JCEKS_MAGIC):
        if not _holds_key(data):
            return None
        kind = "JKS" if data[:4] == JKS_MAGIC else "JCEKS"
        return Keystore(kind, _jks_password(data))
    return _pkcs12(data)


def _holds_key(data: bytes) -> bool:
    """Whether an entry of a JKS file is a private or secret key; certificates are passed over."""
    at, end = JKS_HEAD_BYTES, len(data) - JKS_MARK_BYTES
    for _ in range(min(int.from_bytes(data[8:12]), MAX_ENTRIES)):
        if at + 4 > end:
            return False
        if int.from_bytes(data[at : at + 4]) != _TRUSTED:
            return int.from_bytes(data[at : at + 4]) in (_PRIVATE, _SECRET)
        at += 4
        at += 2 + int.from_bytes(data[at : at + 2]) + 8  # its name, and when it was added
        at += 2 + int.from_bytes(data[at : at + 2])  # the kind of certificate
        at += 4 + int.from_bytes(data[at : at + 4])
    return False


def jks_mark(password: str, data: bytes) -> bytes:
    """The SHA-1 that ends a JKS file of this password."""
    return hashlib.sha1(
        password.encode("utf-16-be") + _WHITENER + data, usedforsecurity=False
    ).digest()


def _jks_password(data: bytes) -> str | None:
    return next((each for each in PASSWORDS if jks_mark(each, data[:-20]) == data[-20:]), None)


def _pkcs12(data: bytes) -> Keystore | None:
    """Version 3, content, and mostly a code over the content by the password."""
    outer = der.items(data)
    if len(outer) not in (2, 3) or outer[0] != der.Item(der.INTEGER, b"\3"):
        return None
    content = der.parts(outer[1].value)
    if not content or not content[0].value.hex().startswith("2a864886f70d0107"):
        return None
    if len(outer) == 2:  # noqa: PLR2004 - nothing vouches for the content
        return Keystore("PKCS #12", None) if any(bag in data for bag in _PBE) else None
    inner = der.parts(content[1].value) if len(content) > 1 else []
    return Keystore("PKCS #12", _pkcs12_password(inner, der.parts(outer[2].value)))


def _pkcs12_password(inner: list[der.Item], mac: list[der.Item]) -> str | None:
    """The password by which the content has this code: digest, salt, and how often it was mixed."""
    if not inner or len(mac) < 2 or len(mac[1].value) > MAX_SALT_BYTES:  # noqa: PLR2004 - as above
        return None
    rounds = mac[2].number if len(mac) > 2 else 1  # noqa: PLR2004 - the default
    info = der.parts(mac[0].value)
    name = der.parts(info[0].value) if info else []
    hashed = _HASHES.get(name[0].value.hex(), "") if name else ""
    if len(info) != 2 or not hashed or not 0 < rounds <= MAX_ITERATIONS:  # noqa: PLR2004 - how and what
        return None
    for password in PASSWORDS:
        key = pkcs12_key(hashed, password, mac[1].value, rounds)
        if compare_digest(hmac_digest(key, inner[0].value, hashed), info[1].value):
            return password
    return None


def pkcs12_key(hashed: str, password: str, salt: bytes, rounds: int) -> bytes:
    """The key of the code over the content: RFC 7292, appendix B.2, whose one block is enough."""
    block = hashlib.new(hashed).block_size
    text = password.encode("utf-16-be") + b"\0\0"
    mixed = bytes([_MAC_KEY]) * block + _filled(salt, block) + _filled(text, block)
    for _ in range(rounds):
        mixed = hashlib.new(hashed, mixed).digest()
    return mixed


def _filled(data: bytes, block: int) -> bytes:
    """The data again and again, up to the end of a block."""
    size = -(-len(data) // block) * block
    return (data * (size // len(data) + 1))[:size] if data else b""
