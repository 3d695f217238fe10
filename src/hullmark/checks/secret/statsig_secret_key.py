"""Statsig: keys of servers and of the console."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    prefix = random.choice(("secret-", "console-"))
    return f"{prefix}{text(random, 42)}"


@secret(
    id="statsig-secret-key",
    title="Statsig secret key",
    pattern=r"\b((?:secret-|console-)[0-9A-Za-z]{42,45})\b",
    anchor=r"(?:secret-|console-)[0-9A-Za-z]{42}",
    max_chars=55,
    keywords=(
        "secret-",
        "console-",
    ),
    entropy=4.2,
    remediation=f"{REVOKE}: Project Settings, Keys & Environments.",
    references=("https://docs.statsig.com/access-management/api-keys",),
    bad=lambda random: assigned(random, "statsig", _token(random)),
    good=lambda random: assigned(random, "statsig", unlike(random, "secret-", 42)),
)
def statsig_secret_key(value: str) -> Claim | None:
    """A server's key reads all gates and their rules. One of the console changes them."""
    return NOTHING_MORE if is_drawn(value) else None
