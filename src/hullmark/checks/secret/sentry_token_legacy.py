"""Sentry: tokens of 64 hexadecimal digits."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "SENTRY_AUTH_TOKEN",
    "sentry.token",
    "sentryAuthToken",
)


def _token(random: Random) -> str:
    return text(random, 64, HEX)


@secret(
    id="sentry-token-legacy",
    title="Sentry token of the older form",
    **named("sentry", value=r"[0-9a-f]{64}", chars=64, words="token"),
    entropy=3.2,
    remediation=f"{REVOKE}: User settings, Auth Tokens.",
    references=("https://docs.sentry.io/account/auth-tokens/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 64, HEX)),
)
def sentry_token_legacy(value: str) -> Claim | None:
    """Whoever holds it reads what the account's systems report.

    They may change projects, as far as the token says.
    """
    return NOTHING_MORE if is_drawn(value) else None
