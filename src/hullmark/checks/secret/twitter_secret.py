"""X: secrets of apps and of access tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "TWITTER_API_SECRET",
    "TWITTER_ACCESS_TOKEN_SECRET",
    "twitter.consumer_secret",
)


def _token(random: Random) -> str:
    return text(random, random.choice((45, 50)))


def _lookalike(random: Random) -> str:
    return random.choice(
        (
            text(random, 42),
            text(random, 60),
            "${TWITTER_SECRET}",
            "x" * 45,
        )
    )


@secret(
    id="twitter-secret",
    title="X (Twitter) secret",
    **named(
        "twitter",
        "x_api",
        "x_access",
        value=r"(?:[0-9A-Za-z]{50}|[0-9A-Za-z]{45})",
        chars=50,
        words="secret",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: the developer portal, Keys and tokens.",
    references=("https://docs.x.com/fundamentals/authentication/oauth-1-0-a/api-key-and-secret",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, _lookalike(random)),
)
def twitter_secret(value: str) -> Claim | None:
    """Together with its key it posts and reads in the account's name."""
    return NOTHING_MORE if is_drawn(value) else None
