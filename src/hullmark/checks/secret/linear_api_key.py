"""Linear: personal API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"lin_api_{text(random, 40)}"


@secret(
    id="linear-api-key",
    title="Linear API key",
    pattern=r"\b(lin_api_[0-9A-Za-z]{40})\b",
    anchor=r"lin_api_[0-9A-Za-z]{40}",
    max_chars=50,
    keywords=("lin_api_",),
    binary=True,
    remediation=f"{REVOKE}: Settings, Security & access.",
    references=("https://linear.app/developers/graphql",),
    bad=lambda random: assigned(random, "linear", _token(random)),
    good=lambda random: assigned(random, "linear", unlike(random, "lin_api_", 40)),
)
def linear_api_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes all issues that its owner may."""
    return NOTHING_MORE if is_drawn(value) else None
