"""Ghost: keys of the Admin API: an id and a secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "GHOST_ADMIN_API_KEY",
    "ghost.key",
    "ghostAdminKey",
)


def _token(random: Random) -> str:
    return f"{text(random, 24, HEX)}:{text(random, 64, HEX)}"


@secret(
    id="ghost-admin-key",
    title="Ghost admin key",
    **named("ghost", value=r"[0-9a-f]{24}:[0-9a-f]{64}", chars=89, words="key|token", common=True),
    entropy=3.2,
    remediation=f"{REVOKE}: Settings, Integrations.",
    references=("https://docs.ghost.org/admin-api/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 89, HEX)),
)
def ghost_admin_key(value: str) -> Claim | None:
    """Whoever holds it writes and deletes posts and reads all members."""
    return NOTHING_MORE if is_drawn(value) else None
