"""X: bearer tokens of apps."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

ZEROS = 21
"""So many ``A`` every one begins with."""


def _token(random: Random) -> str:
    return f"{'A' * ZEROS}{text(random, 20)}%3D{text(random, 60)}"


def _lookalike(random: Random) -> str:
    return random.choice(
        (
            f"{'A' * ZEROS}{text(random, 80)}",
            f"{'A' * 60}",
            "${TWITTER_BEARER_TOKEN}",
            text(random, 100, HEX),
        )
    )


@secret(
    id="twitter-bearer-token",
    title="X (Twitter) bearer token",
    pattern=r"(?:^|[^0-9A-Za-z+/])A{21}([0-9A-Za-z]{4,40}(?:%2[BFbf]|%3[Dd]|[0-9A-Za-z]){30,100})",
    anchor=r"A{21}[B-Zb-z0-9][0-9A-Za-z]{4,40}%(?:2[BFbf]|3[Dd])[0-9A-Za-z]{10}",
    max_chars=400,
    keywords=("AAAAAAAAAAAAAAAAAAAAA",),
    entropy=3.5,
    remediation=f"{REVOKE}: the developer portal, Keys and tokens.",
    references=("https://docs.x.com/fundamentals/authentication/oauth-2-0/bearer-tokens",),
    bad=lambda random: assigned(random, "twitter", _token(random)),
    good=lambda random: assigned(random, "twitter", _lookalike(random)),
)
def twitter_bearer_token(value: str) -> Claim | None:
    """Whoever holds it reads posts and people at the app's cost."""
    if "%" not in value:
        return None
    return NOTHING_MORE if is_drawn(value.lstrip("A")) else None
