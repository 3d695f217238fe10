"""Infura: secrets of keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "INFURA_PROJECT_SECRET",
    "infura.secret",
    "infuraApiKeySecret",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="infura-secret",
    title="Infura secret",
    **named("infura", value=r"[0-9a-f]{32}", chars=32, words="secret"),
    entropy=3.0,
    remediation=f"{REVOKE}: the dashboard, the key's settings.",
    references=("https://docs.metamask.io/services/get-started/infura/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def infura_secret(value: str) -> Claim | None:
    """Whoever holds it uses the nodes at the account's cost, past the key's limits."""
    return NOTHING_MORE if is_drawn(value) else None
