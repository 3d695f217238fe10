"""Cloudflare global API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 37, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 24, HEX),
            "${CLOUDFLARE_API_KEY}",
            "x" * 37,
            text(random, 61, HEX),
            "your_cloudflare_token",
        )
    )


@secret(
    id="cloudflare-global-api-key",
    title="Cloudflare global API key",
    severity=Severity.CRITICAL,
    **named("cloudflare", "cf_api", "x_auth_key", value=r"[0-9a-f]{37}", chars=37, words=""),
    entropy=3.2,
    remediation=f"{REVOKE}: Cloudflare, My Profile, API Tokens.",
    references=("https://developers.cloudflare.com/fundamentals/api/get-started/keys/",),
    bad=lambda random: f"CLOUDFLARE_API_KEY={_token(random)}",
    good=lambda random: f"CLOUDFLARE_API_KEY={_other(random)}",
)
def cloudflare_global_api_key(value: str) -> Claim | None:
    """It does everything that its owner may do on Cloudflare.

    Whoever holds it moves domains, reads traffic and turns protection off.
    """
    return NOTHING_MORE if is_drawn(value) else None
