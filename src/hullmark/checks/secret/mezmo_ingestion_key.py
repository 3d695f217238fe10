"""Mezmo (once LogDNA): keys that send logs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "LOGDNA_INGESTION_KEY",
    "mezmo.key",
    "logdnaKey",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="mezmo-ingestion-key",
    title="Mezmo ingestion key",
    severity=Severity.MEDIUM,
    **named("logdna", "mezmo", value=r"[0-9a-f]{32}", chars=32, words="key"),
    entropy=3.0,
    remediation=f"{REVOKE}: Settings, Organization, API Keys.",
    references=("https://docs.mezmo.com/docs/ingestion-key",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def mezmo_ingestion_key(value: str) -> Claim | None:
    """Whoever holds it writes made-up logs at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
