"""Supabase: personal access tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"sbp_{text(random, 40, HEX)}"


@secret(
    id="supabase-access-token",
    title="Supabase access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(sbp_[0-9a-f]{40})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sbp_[0-9a-f]{40}",
    max_chars=46,
    keywords=("sbp_",),
    entropy=3.2,
    binary=True,
    remediation=f"{REVOKE}: the account's Access Tokens.",
    references=("https://supabase.com/docs/reference/api/introduction",),
    bad=lambda random: assigned(random, "supabase", _token(random)),
    good=lambda random: assigned(random, "supabase", unlike(random, "sbp_", 40, HEX)),
)
def supabase_access_token(value: str) -> Claim | None:
    """Whoever holds it administers all projects of its owner, databases and keys too."""
    return NOTHING_MORE if is_drawn(value) else None
