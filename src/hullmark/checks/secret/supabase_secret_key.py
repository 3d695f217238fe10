"""Supabase: secret keys of projects."""

from hashlib import sha256
from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

LOCAL = "c85debb55f2f204d868cc1552c42faa143b4c675f61363ab040dd50b5b5304cd"
"""SHA-256 of the key that the command line gives to every local project."""


def _token(random: Random) -> str:
    return f"sb_secret_{text(random, 22)}_{text(random, 8)}"


@secret(
    id="supabase-secret-key",
    title="Supabase secret key",
    severity=Severity.CRITICAL,
    pattern=r"\b(sb_secret_[0-9A-Za-z_-]{22}_[0-9A-Za-z_-]{8})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sb_secret_[0-9A-Za-z_-]{22}_[0-9A-Za-z_-]{8}",
    max_chars=48,
    keywords=("sb_secret_",),
    binary=True,
    remediation=f"{REVOKE}: the project's settings, API Keys.",
    references=("https://supabase.com/docs/guides/api/api-keys",),
    bad=lambda random: assigned(random, "supabase", _token(random)),
    good=lambda random: assigned(random, "supabase", unlike(random, "sb_secret_", 31)),
)
def supabase_secret_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes all data of the project, past every rule on rows.

    The one that every local installation has is passed over.
    """
    if sha256(value.encode()).hexdigest() == LOCAL or not is_drawn(value):
        return None
    return NOTHING_MORE
