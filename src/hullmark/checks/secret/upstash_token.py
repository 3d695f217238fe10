"""Upstash: tokens of databases and queues."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "UPSTASH_REDIS_REST_TOKEN",
    "upstash.token",
    "UPSTASH_VECTOR_REST_TOKEN",
)


def _token(random: Random) -> str:
    return f"A{text(random, 50)}Q="


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            token[:30],
            uuid(random),
            "${UPSTASH_TOKEN}",
            "your_token_here",
        )
    )


@secret(
    id="upstash-token",
    title="Upstash token",
    **named(
        "upstash",
        "qstash",
        value=r"[0-9A-Za-z+/_-]{40,100}={0,2}",
        chars=102,
        words="token",
        end=r"(?:[^0-9A-Za-z+/=_-]|$)",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: the console, Reset credentials.",
    references=("https://upstash.com/docs/redis/features/restapi",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, _lookalike(random)),
)
def upstash_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes the database."""
    if value.islower() or value.isupper() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
