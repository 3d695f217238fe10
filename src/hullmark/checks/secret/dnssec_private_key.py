"""DNSSEC: private keys as BIND and ldns write them."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity
from hullmark.model.rule import Confidence


def _key(random: Random, field: str = "PrivateKey", size: int = 32) -> str:
    body = b64encode(random.randbytes(size)).decode()
    head = "Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)"
    return f"{head}\n{field}: {body}\nCreated: 20240305101112"


@secret(
    id="dnssec-private-key",
    title="DNSSEC private key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=(
        r"Private-key-format: v1\.[0-9]\s{1,2}Algorithm: [0-9]{1,3}[^\r\n]{0,40}\s{1,2}"
        r"(?:(?:Modulus|PublicExponent): [A-Za-z0-9+/=]+\s{1,2}){0,2}"
        "(?:PrivateKey|PrivateExponent|Key): ([A-Za-z0-9+/=]{20}[A-Za-z0-9+/=]*)"
    ),
    anchor=r"Private-key-format: v1\.[0-9]\s{1,2}Algorithm: ",
    max_chars=3600,
    keywords=("Private-key-format: v1.",),
    path="etc/bind/keys/Kexample.org.+013+12345.private",
    remediation=(
        "Roll the key over, first in the parent zone where it is a key-signing key, and "
        "mount keys when the server runs."
    ),
    references=("https://bind9.readthedocs.io/en/latest/dnssec-guide.html",),
    bad=lambda random: random.choice((_key(random), _key(random, "Key", 64))),
    good=lambda random: random.choice(
        (
            _key(random, "PublicKey"),
            f"example.org. IN DNSKEY 257 3 13 {b64encode(random.randbytes(64)).decode()}",
            _key(random, size=6),
        )
    ),
)
def dnssec_private_key(value: str) -> Claim | None:
    """Whoever holds it signs answers for the zone that resolvers believe, or updates it by TSIG."""
    return NOTHING_MORE if base64_bytes(value) else None
