"""Algolia: API keys other than those that only search."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ALGOLIA_ADMIN_KEY",
    "algolia.write_api_key",
    "algoliaAdminApiKey",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="algolia-admin-key",
    title="Algolia API key",
    **named(
        "algolia", value=r"[0-9a-f]{32}", chars=32, words="admin|write|private|secret|monitoring"
    ),
    entropy=3.0,
    remediation=f"{REVOKE}: the dashboard, Settings, API Keys.",
    references=("https://www.algolia.com/doc/guides/security/api-keys",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def algolia_admin_key(value: str) -> Claim | None:
    """Whoever holds it reads, changes and deletes the indexes, unless it may only search."""
    return NOTHING_MORE if is_drawn(value) else None
