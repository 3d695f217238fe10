"""Honeycomb: keys that send events, with a prefix."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("hcaik_", "hcaic_", "hcbik_", "hcbic_"))
    return f"{prefix}{text(random, 58, LOWER)}"


@secret(
    id="honeycomb-ingest-key",
    title="Honeycomb ingest key",
    severity=Severity.MEDIUM,
    pattern=r"\b((?:hcaik_|hcaic_|hcbik_|hcbic_)[0-9a-z]{58})\b",
    anchor=r"(?:hcaik_|hcaic_|hcbik_|hcbic_)[0-9a-z]{58}",
    max_chars=66,
    keywords=(
        "hcaik_",
        "hcaic_",
        "hcbik_",
        "hcbic_",
    ),
    binary=True,
    remediation=f"{REVOKE}: the environment's settings, API Keys.",
    references=("https://docs.honeycomb.io/configure/environments/manage-api-keys/",),
    bad=lambda random: assigned(random, "honeycomb", _token(random)),
    good=lambda random: assigned(random, "honeycomb", unlike(random, "hcaik_", 58, LOWER)),
)
def honeycomb_ingest_key(value: str) -> Claim | None:
    """Whoever holds it sends made-up events at the team's cost."""
    return NOTHING_MORE if is_drawn(value) else None
