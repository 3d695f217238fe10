"""FreshBooks: secrets of applications and their tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "FRESHBOOKS_CLIENT_SECRET",
    "freshbooks.secret",
    "freshbooksToken",
)


def _token(random: Random) -> str:
    return text(random, 64, HEX)


@secret(
    id="freshbooks-client-secret",
    title="FreshBooks client secret",
    **named("freshbooks", value=r"[0-9a-f]{64}", chars=64),
    entropy=3.2,
    remediation=f"{REVOKE}: the developer page.",
    references=("https://www.freshbooks.com/api/authentication",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 64, HEX)),
)
def freshbooks_client_secret(value: str) -> Claim | None:
    """Together with the client's id it asks for tokens to books and invoices."""
    return NOTHING_MORE if is_drawn(value) else None
