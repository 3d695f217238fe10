"""ClickUp: personal tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import UPPER, assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"pk_{number(random, 8)}_{text(random, 32, UPPER)}"


@secret(
    id="clickup-token",
    title="ClickUp personal token",
    pattern=r"\b(pk_[0-9]{6,10}_[0-9A-Z]{32})\b",
    anchor=r"pk_[0-9]{6,10}_[0-9A-Z]{32}",
    max_chars=50,
    keywords=("pk_",),
    remediation=f"{REVOKE}: Settings, Apps.",
    references=("https://developer.clickup.com/docs/authentication",),
    bad=lambda random: assigned(random, "clickup", _token(random)),
    good=lambda random: assigned(random, "clickup", unlike(random, "pk_", 32, UPPER)),
)
def clickup_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes all tasks that its owner may."""
    return NOTHING_MORE if is_drawn(value) else None
