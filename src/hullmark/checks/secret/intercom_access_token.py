"""Intercom: access tokens, which are a number and an id in base 64."""

from binascii import b2a_base64
from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_bytes


def _token(random: Random) -> str:
    inner = f"tok:{uuid(random).replace('-', '_')}:1:0"
    return b2a_base64(inner.encode(), newline=False).decode()


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"dG9rO{text(random, 55)}",
            token[:30],
            "${INTERCOM_TOKEN}",
            uuid(random),
        )
    )


@secret(
    id="intercom-access-token",
    title="Intercom access token",
    pattern=r"(?:^|[^0-9A-Za-z+/])(dG9rO[0-9A-Za-z+/]{50,60}={0,2})(?:[^0-9A-Za-z+/=]|$)",
    anchor=r"dG9rO[0-9A-Za-z+/]{50}",
    max_chars=72,
    keywords=("dG9rO",),
    remediation=f"{REVOKE}: the Developer Hub, the app's authentication.",
    references=(
        "https://developers.intercom.com/docs/build-an-integration/learn-more/authentication",
    ),
    bad=lambda random: assigned(random, "intercom", _token(random)),
    good=lambda random: assigned(random, "intercom", _lookalike(random)),
)
def intercom_access_token(value: str) -> Claim | None:
    """Whoever holds it reads what customers wrote and answers them in the company's name."""
    data = base64_bytes(value) or b""
    if not data.startswith(b"tok:") or not data.endswith((b":0", b":1")):
        return None
    return NOTHING_MORE
