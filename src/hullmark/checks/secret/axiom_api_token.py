"""Axiom: API tokens and personal tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, unlike, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"{random.choice(('xaat', 'xapt'))}-{uuid(random)}"


@secret(
    id="axiom-api-token",
    title="Axiom API token",
    pattern=r"\b(xa(?:at|pt)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b",
    anchor=r"xa(?:at|pt)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    max_chars=44,
    keywords=(
        "xaat-",
        "xapt-",
    ),
    binary=True,
    remediation=f"{REVOKE}: Settings, API tokens.",
    references=("https://axiom.co/docs/reference/tokens",),
    bad=lambda random: assigned(random, "axiom", _token(random)),
    good=lambda random: assigned(random, "axiom", unlike(random, "xaat-", 30, HEX)),
)
def axiom_api_token(value: str) -> Claim | None:
    """Whoever holds it reads or writes the organisation's logs, as far as it may."""
    return NOTHING_MORE if is_drawn(value) else None
