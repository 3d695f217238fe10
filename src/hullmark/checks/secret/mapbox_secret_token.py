"""Mapbox: secret tokens, which hold the user's name in base 64."""

from binascii import b2a_base64
from random import Random

from msgspec.json import encode

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, LOWER, assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_json


def _token(random: Random) -> str:
    inner = b2a_base64(encode({"u": "acme", "a": text(random, 25, LOWER)}), newline=False)
    return f"sk.{inner.decode().rstrip('=')}.{text(random, 22, BASE64URL)}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            token.replace("sk.", "pk."),
            token[:30],
            f"sk.eyJ1Ijoi{text(random, 50)}.{text(random, 22)}",
            "${MAPBOX_TOKEN}",
        )
    )


@secret(
    id="mapbox-secret-token",
    title="Mapbox secret token",
    pattern=r"\b(sk\.eyJ1Ijoi[0-9A-Za-z_-]{20,200}\.[0-9A-Za-z_-]{22})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sk\.eyJ1Ijoi[0-9A-Za-z_-]{20,200}\.[0-9A-Za-z_-]{22}",
    max_chars=240,
    keywords=("sk.eyJ1Ijoi",),
    binary=True,
    remediation=f"{REVOKE}: the account's Tokens.",
    references=("https://docs.mapbox.com/accounts/guides/tokens/",),
    bad=lambda random: assigned(random, "mapbox", _token(random)),
    good=lambda random: assigned(random, "mapbox", _lookalike(random)),
)
def mapbox_secret_token(value: str) -> Claim | None:
    """Whoever holds it changes the account's maps and makes further tokens."""
    inner = base64_json(value.split(".")[1])
    if inner is None or "a" not in inner:
        return None
    return Claim(says=f"of the user {inner.get('u', '?')}"[:80])
