"""JSON Web Tokens (RFC 7519): their parts, their expiry, and examples."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from random import Random

from hullmark.checks.drawing import BASE64URL, text
from hullmark.checks.proofs import base64_bytes

MAX_TOKEN_CHARS = 8192
MAX_EPOCH_S = 253402300799
"""The end of the year 9999."""

PATTERN = r"\b(eyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)"
ANCHOR = r"[A-Za-z0-9_-]{8}\.eyJ[A-Za-z0-9_-]{8}"
KEYWORDS = (".eyJ",)

_PUBLISHED = ("John Doe", "Jane Doe", "Joe")
"""Names that examples of tokens are made out to."""

REGISTERED = frozenset(("iss", "sub", "aud", "exp", "nbf", "iat", "jti"))
"""Of RFC 7519, section 4.1: a token that says none of them is an example."""


def parts(value: str) -> tuple[dict[str, object], dict[str, object], str] | None:
    """Header, claims and signature; ``None`` where one of them is not what it should be."""
    first, _, rest = value.partition(".")
    second, _, signature = rest.partition(".")
    header, claims = _object(first), _object(second)
    if header is None or claims is None or not isinstance(header.get("alg"), str):
        return None
    if claims.get("name") in _PUBLISHED or claims.get("sub") == "1234567890":
        return None
    return (header, claims, signature) if REGISTERED & claims.keys() else None


def _object(part: str) -> dict[str, object] | None:
    try:
        found = json.loads(base64_bytes(part) or b"")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def expiry(claims: dict[str, object]) -> datetime | None:
    """When a token ends; ``None`` where it says nothing of use."""
    seconds = claims.get("exp")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    if not 0 < seconds < MAX_EPOCH_S:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def token(random: Random, alg: str = "HS256", exp: int | None = None) -> str:
    """A token of somebody, with a signature where its algorithm asks for one."""
    claims: dict[str, object] = {"sub": text(random, 12), "iss": "https://login.internal"}
    if exp is not None:
        claims["exp"] = exp
    head = _encoded({"alg": alg, "typ": "JWT"})
    signature = "" if alg == "none" else text(random, 43, BASE64URL)
    return f"{head}.{_encoded(claims)}.{signature}"


def _encoded(found: dict[str, object]) -> str:
    plain = json.dumps(found, separators=(",", ":")).encode()
    return urlsafe_b64encode(plain).decode().rstrip("=")
