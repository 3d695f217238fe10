"""xAI: management keys of teams."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"xai-token-{text(random, 80)}"


@secret(
    id="xai-management-key",
    title="xAI management key",
    severity=Severity.CRITICAL,
    pattern=r"\b(xai-token-[0-9A-Za-z]{80})\b",
    anchor=r"xai-token-[0-9A-Za-z]{80}",
    max_chars=92,
    keywords=("xai-token-",),
    binary=True,
    remediation=f"{REVOKE}: the console, Settings, Management Keys.",
    references=("https://docs.x.ai/docs/management-api",),
    bad=lambda random: assigned(random, "xai", _token(random)),
    good=lambda random: assigned(random, "xai", unlike(random, "xai-token-", 80)),
)
def xai_management_key(value: str) -> Claim | None:
    """Whoever holds it makes and deletes the team's API keys and sees what it pays."""
    return NOTHING_MORE if is_drawn(value) else None
