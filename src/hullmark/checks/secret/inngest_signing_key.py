"""Inngest: keys that sign what is sent to functions."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    prefix = random.choice(("signkey-prod-", "signkey-test-", "signkey-branch-"))
    return f"{prefix}{text(random, 64, HEX)}"


@secret(
    id="inngest-signing-key",
    title="Inngest signing key",
    pattern=r"\b((?:signkey-prod-|signkey-test-|signkey-branch-)[0-9a-f]{64})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:signkey-prod-|signkey-test-|signkey-branch-)[0-9a-f]{64}",
    max_chars=81,
    keywords=(
        "signkey-prod-",
        "signkey-test-",
        "signkey-branch-",
    ),
    binary=True,
    remediation=f"{REVOKE}: the environment's Signing Key.",
    references=("https://www.inngest.com/docs/platform/signing-keys",),
    bad=lambda random: assigned(random, "inngest", _token(random)),
    good=lambda random: assigned(random, "inngest", unlike(random, "signkey-prod-", 64, HEX)),
)
def inngest_signing_key(value: str) -> Claim | None:
    """Whoever holds it runs the application's functions with data of their own."""
    return NOTHING_MORE if is_drawn(value) else None
