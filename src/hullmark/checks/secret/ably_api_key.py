"""Ably: API keys: an application, a key and its secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ABLY_API_KEY",
    "ably.key",
    "ablyToken",
)


def _token(random: Random) -> str:
    return f"{text(random, 6)}.{text(random, 6)}:{text(random, 43)}"


@secret(
    id="ably-api-key",
    title="Ably API key",
    **named(
        "ably",
        value=r"[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{6}:[0-9A-Za-z_-]{43}",
        chars=57,
        words="key|token",
        common=True,
        end=r"(?:[^0-9A-Za-z_-]|$)",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: the dashboard, API keys.",
    references=("https://ably.com/docs/auth",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 57)),
)
def ably_api_key(value: str) -> Claim | None:
    """Whoever holds it reads and writes the application's channels, as far as the key may."""
    return NOTHING_MORE if is_drawn(value) else None
