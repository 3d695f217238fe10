"""Sentry: tokens of organisations, with JSON in base 64."""

from binascii import b2a_base64
from random import Random

from msgspec.json import encode

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, assigned, number, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_json


def _token(random: Random) -> str:
    inner = {
        "iat": int(number(random, 10)),
        "url": None,
        "region_url": "https://de.sentry.io",
        "org": "acme",
    }
    return f"sntrys_{b2a_base64(encode(inner), newline=False).decode()}_{text(random, 43, BASE64)}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"sntrys_eyJ{text(random, 90)}_{text(random, 43)}",
            token[:60],
            "sntrys_your_token_here",
            "${SENTRY_AUTH_TOKEN}",
        )
    )


@secret(
    id="sentry-organization-token",
    title="Sentry organisation token",
    pattern=r"\b(sntrys_eyJ[0-9A-Za-z+/=]{60}[0-9A-Za-z+/=]*_[0-9A-Za-z+/]{43})(?:[^0-9A-Za-z+/]|$)",
    anchor=r"sntrys_eyJ[0-9A-Za-z+/=]{60}",
    max_chars=460,
    keywords=("sntrys_",),
    binary=True,
    remediation=f"{REVOKE}: the organisation's settings, Auth Tokens.",
    references=("https://docs.sentry.io/account/auth-tokens/",),
    bad=lambda random: assigned(random, "sentry", _token(random)),
    good=lambda random: assigned(random, "sentry", _lookalike(random)),
)
def sentry_organization_token(value: str) -> Claim | None:
    """Whoever holds it uploads releases and source maps in the organisation's name."""
    inner = base64_json(value.split("_")[1])
    if inner is None or "iat" not in inner:
        return None
    return Claim(says=f"of the organisation {inner.get('org', '?')}"[:80])
