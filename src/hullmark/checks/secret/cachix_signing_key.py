"""Cachix token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, random.randint(43, 88), BASE64)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 28, BASE64),
            "${CACHIX_SIGNING_KEY}",
            "x" * 88,
            uuid(random),
            "your_cachix_auth_token",
        )
    )


@secret(
    id="cachix-signing-key",
    title="Cachix token",
    **named(
        "cachix_auth",
        "cachix_signing",
        value=r"[0-9A-Za-z+/]{43,88}",
        chars=88,
        words="token|key",
        end=r"(?:[^0-9A-Za-z+/=_-]|$)",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Cachix, the cache's settings.",
    references=("https://docs.cachix.org/getting-started",),
    bad=lambda random: f"CACHIX_SIGNING_KEY={_token(random)}",
    good=lambda random: f"CACHIX_SIGNING_KEY={_other(random)}",
)
def cachix_signing_key(value: str) -> Claim | None:
    """It pushes to a cache of Nix.

    Whoever holds it gives others programs that they run unasked.
    """
    return NOTHING_MORE if is_drawn(value) else None
