"""Azure Cache for Redis key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 33, BASE64) + "AzCa" + "C" + text(random, 5, BASE64) + "="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 44, BASE64),
            text(random, 44) + "AzCa",
            f"{text(random, 20)}AzCa{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-redis-key",
    title="Azure Cache for Redis key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{33}AzCa[A-P][0-9A-Za-z+/]{5}=)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{33}AzCa[A-P][0-9A-Za-z+/]{5}=",
    max_chars=46,
    keywords=("AzCa",),
    entropy=4.2,
    remediation=f"{REVOKE}: the cache, Settings, Authentication, Access keys.",
    references=(
        "https://learn.microsoft.com/en-us/azure/azure-cache-for-redis/cache-configure#access-keys",
    ),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_redis_key(_: str) -> Claim | None:
    """It opens a Redis cache.

    Whoever holds it reads and writes everything in it, sessions included.
    """
    return NOTHING_MORE
