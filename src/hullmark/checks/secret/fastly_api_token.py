"""Fastly API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 32, BASE64URL)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 21, BASE64URL),
            "${FASTLY_TOKEN}",
            "x" * 32,
            uuid(random),
            "your_fastly_token",
        )
    )


@secret(
    id="fastly-api-token",
    title="Fastly API token",
    **named("fastly", value=r"[0-9A-Za-z_-]{32}", chars=32, end=r"(?:[^0-9A-Za-z+/=_-]|$)"),
    entropy=3.8,
    remediation=f"{REVOKE}: Fastly, Account, API tokens.",
    references=("https://docs.fastly.com/en/guides/using-api-tokens",),
    bad=lambda random: assigned(random, "fastly", _token(random)),
    good=lambda random: assigned(random, "fastly", _other(random)),
)
def fastly_api_token(value: str) -> Claim | None:
    """It changes what Fastly serves and where it comes from.

    Whoever holds it leads visitors elsewhere or empties the cache.
    """
    return NOTHING_MORE if is_drawn(value) else None
