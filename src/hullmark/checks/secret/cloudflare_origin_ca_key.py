"""Cloudflare origin CA key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"v1.0-{text(random, 24, HEX)}-{text(random, 146, HEX)}"


@secret(
    id="cloudflare-origin-ca-key",
    title="Cloudflare origin CA key",
    severity=Severity.CRITICAL,
    pattern=r"\b(v1\.0-[0-9a-f]{24}-[0-9a-f]{146})\b",
    anchor=r"v1\.0-[0-9a-f]{24}-[0-9a-f]{146}",
    max_chars=176,
    keywords=("v1.0-",),
    remediation=f"{REVOKE}: Cloudflare, My Profile, API Tokens.",
    references=("https://developers.cloudflare.com/ssl/origin-configuration/origin-ca/",),
    bad=lambda random: assigned(random, "cloudflare", _token(random)),
    good=lambda random: assigned(random, "cloudflare", unlike(random, "v1.0-", 100, HEX)),
)
def cloudflare_origin_ca_key(_: str) -> Claim | None:
    """It issues certificates that Cloudflare trusts for the servers behind it.

    Whoever holds it takes a server's place unnoticed.
    """
    return NOTHING_MORE
