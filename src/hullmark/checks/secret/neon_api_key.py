"""Neon: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"napi_{text(random, 60, LOWER)}"


@secret(
    id="neon-api-key",
    title="Neon API key",
    severity=Severity.CRITICAL,
    pattern=r"\b(napi_[0-9a-z]{60,70})\b",
    anchor=r"napi_[0-9a-z]{60}",
    max_chars=77,
    keywords=("napi_",),
    binary=True,
    remediation=f"{REVOKE}: the console, API keys.",
    references=("https://neon.com/docs/manage/api-keys",),
    bad=lambda random: assigned(random, "neon", _token(random)),
    good=lambda random: assigned(random, "neon", unlike(random, "napi_", 60, LOWER)),
)
def neon_api_key(value: str) -> Claim | None:
    """Whoever holds it administers the projects: databases, roles and their passwords."""
    return NOTHING_MORE if is_drawn(value) else None
