"""Tavily: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"tvly-{random.choice(('', 'dev-', 'prod-'))}{text(random, 32)}"


@secret(
    id="tavily-api-key",
    title="Tavily API key",
    severity=Severity.MEDIUM,
    pattern=r"\b(tvly-(?:(?:dev|prod)-)?[0-9A-Za-z]{32})\b",
    anchor=r"tvly-(?:dev-|prod-)?[0-9A-Za-z]{32}",
    max_chars=46,
    keywords=("tvly-",),
    remediation=f"{REVOKE}: the dashboard, API Keys.",
    references=("https://docs.tavily.com/documentation/quickstart",),
    bad=lambda random: assigned(random, "tavily", _token(random)),
    good=lambda random: assigned(random, "tavily", unlike(random, "tvly-", 32)),
)
def tavily_api_key(value: str) -> Claim | None:
    """Whoever holds it searches at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
