"""Notion: tokens of integrations."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return random.choice(
        (f"ntn_{number(random, 11)}{text(random, 35)}", f"secret_{text(random, 43)}")
    )


@secret(
    id="notion-token",
    title="Notion token",
    pattern=r"\b(ntn_[0-9]{11}[0-9A-Za-z]{35}|secret_[0-9A-Za-z]{43})\b",
    anchor=r"(?:ntn_[0-9]{11}[0-9A-Za-z]{35}|secret_[0-9A-Za-z]{43})",
    max_chars=56,
    keywords=(
        "ntn_",
        "secret_",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: the integration's page, Refresh secret.",
    references=("https://developers.notion.com/docs/authorization",),
    bad=lambda random: assigned(random, "notion", _token(random)),
    good=lambda random: assigned(random, "notion", unlike(random, "secret_", 43)),
)
def notion_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes the pages that the integration was given."""
    return NOTHING_MORE if is_drawn(value) else None
