"""Cloudflare API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 40, BASE64URL)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 26, BASE64URL),
            "${CLOUDFLARE_API_TOKEN}",
            "x" * 40,
            uuid(random),
            "your_cloudflare_token",
        )
    )


@secret(
    id="cloudflare-api-token",
    title="Cloudflare API token",
    severity=Severity.CRITICAL,
    **named(
        "cloudflare",
        "cf_api",
        "cf_dns_api",
        value=r"[0-9A-Za-z_-]{40}",
        chars=40,
        words="token|key|secret",
        end=r"(?:[^0-9A-Za-z+/=_-]|$)",
    ),
    entropy=4.1,
    remediation=f"{REVOKE}: Cloudflare, My Profile, API Tokens.",
    references=("https://developers.cloudflare.com/fundamentals/api/get-started/create-token/",),
    bad=lambda random: f"CLOUDFLARE_API_TOKEN={_token(random)}",
    good=lambda random: f"CLOUDFLARE_API_TOKEN={_other(random)}",
)
def cloudflare_api_token(value: str) -> Claim | None:
    """It acts on Cloudflare as far as it was allowed to.

    Whoever holds it changes names, pages and protection of domains.
    """
    return NOTHING_MORE if is_drawn(value) else None
