"""Honeycomb: configuration keys, and keys of classic teams."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "HONEYCOMB_API_KEY",
    "X-Honeycomb-Team",
    "honeycomb.key",
)


def _token(random: Random) -> str:
    return random.choice((text(random, 22), text(random, 32, HEX)))


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            token[:17],
            uuid(random),
            "${HONEYCOMB_API_KEY}",
            f"{token}{text(random, 12)}",
        )
    )


@secret(
    id="honeycomb-api-key",
    title="Honeycomb API key",
    **named(
        "honeycomb",
        value=r"(?:[0-9A-Za-z]{22}|[0-9a-f]{32})",
        chars=32,
        words="key|token|team",
    ),
    entropy=3.0,
    remediation=f"{REVOKE}: the environment's settings, API Keys.",
    references=("https://docs.honeycomb.io/configure/environments/manage-api-keys/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, _lookalike(random)),
)
def honeycomb_api_key(value: str) -> Claim | None:
    """Whoever holds it sends events. It may read them and change boards and triggers too."""
    if not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
