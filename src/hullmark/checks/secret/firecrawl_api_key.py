"""Firecrawl: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"fc-{text(random, 32, HEX)}"


@secret(
    id="firecrawl-api-key",
    title="Firecrawl API key",
    severity=Severity.MEDIUM,
    pattern=r"\b(fc-[0-9a-f]{32})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"fc-[0-9a-f]{32}",
    max_chars=37,
    keywords=("fc-",),
    entropy=3.0,
    remediation=f"{REVOKE}: the dashboard, API Keys.",
    references=("https://docs.firecrawl.dev/introduction",),
    bad=lambda random: assigned(random, "firecrawl", _token(random)),
    good=lambda random: assigned(random, "firecrawl", unlike(random, "fc-", 32, HEX)),
)
def firecrawl_api_key(value: str) -> Claim | None:
    """Whoever holds it fetches pages at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
