"""Develocity access key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 52, LOWER)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 34, LOWER),
            "${DEVELOCITY_ACCESS_KEY}",
            "x" * 52,
            uuid(random),
            "your_develocity_access_token",
        )
    )


@secret(
    id="gradle-access-key",
    title="Develocity access key",
    **named(
        "develocity_access",
        "gradle_enterprise_access",
        value=r"[0-9a-z]{52}",
        chars=52,
        words="key",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Develocity, My settings, Access keys.",
    references=("https://docs.gradle.com/develocity/gradle-plugin/current/#authenticating",),
    bad=lambda random: f"DEVELOCITY_ACCESS_KEY={_token(random)}",
    good=lambda random: f"DEVELOCITY_ACCESS_KEY={_other(random)}",
)
def gradle_access_key(value: str) -> Claim | None:
    """It sends build scans to, or reads them from, a Develocity server.

    Whoever holds it reads what builds did and may poison their cache.
    """
    return NOTHING_MORE if is_drawn(value) else None
