"""JSON Web Keys with their private part (RFC 7517, RFC 7518)."""

from base64 import urlsafe_b64encode
from random import Random
from re import compile as regex

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity

MIN_PRIVATE_BYTES = 28

_private = regex(r'"d"\s?:\s?"([A-Za-z0-9_-]+)"').search


def _key(random: Random, private: str = "d", *, cut: int = 0) -> str:
    def some(size: int) -> str:
        return urlsafe_b64encode(random.randbytes(size)).decode().rstrip("=")

    fields = [
        '"kty": "EC", "crv": "P-256"',
        f'"x": "{some(32)}"',
        f'"y": "{some(32)}"',
        f'"{private}": "{some(cut or 32)}"',
    ]
    return "{" + ", ".join(fields) + "}"


@secret(
    id="jwk-private-key",
    title="JSON Web Key with its private part",
    severity=Severity.HIGH,
    pattern=(
        r"(\"kty\"\s?:\s?\"(?:RSA|EC|OKP)\"[^{}]*?\"d\"\s?:\s?\"[A-Za-z0-9_-]"
        r"{38,1000}\"|\"d\"\s?:\s?\"[A-Za-z0-9_-]{38}[A-Za-z0-9_-]*\"[^{}]*"
        r"?\"kty\"\s?:\s?\"(?:RSA|EC|OKP)\")"
    ),
    anchor=r"\"d\"\s?:\s?\"[A-Za-z0-9_-]{38}",
    max_chars=4096,
    keywords=('"kty"',),
    entropy=4.0,
    path="srv/keys/jwks.json",
    remediation=(
        "Publish a new key set without it, make a new key, and refuse tokens that it signed."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc7517#section-9.3",),
    bad=_key,
    good=lambda random: random.choice(
        (
            _key(random, "kid"),
            _key(random, "d", cut=8),
            _key(random).replace('"kty"', '"type"'),
            _key(random, "D"),
        )
    ),
)
def jwk_private_key(value: str) -> Claim | None:
    """Whoever holds it signs tokens that every service accepts which trusts this key."""
    found = _private(value)
    data = base64_bytes(found[1]) if found else None
    return NOTHING_MORE if data and len(data) >= MIN_PRIVATE_BYTES else None
