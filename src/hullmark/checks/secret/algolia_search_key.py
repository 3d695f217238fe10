"""Algolia: API keys of which the name does not say what they may."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "ALGOLIA_API_KEY",
    "algolia.searchApiKey",
    "ALGOLIA_SEARCH_KEY",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="algolia-search-key",
    title="Algolia search key",
    severity=Severity.LOW,
    **named("algolia", value=r"[0-9a-f]{32}", chars=32, words="apikey|api_key|api-key|search"),
    entropy=3.0,
    remediation=f"{REVOKE}: the dashboard, Settings, API Keys.",
    references=("https://www.algolia.com/doc/guides/security/api-keys",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def algolia_search_key(value: str) -> Claim | None:
    """One that only searches may be seen by anybody. Make sure that it is such a one."""
    return NOTHING_MORE if is_drawn(value) else None
