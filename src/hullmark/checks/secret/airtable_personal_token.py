"""Airtable: personal access tokens: an id and a secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"pat{text(random, 14)}.{text(random, 64, HEX)}"


@secret(
    id="airtable-personal-token",
    title="Airtable personal access token",
    pattern=r"\b(pat[0-9A-Za-z]{14}\.[0-9a-f]{64})\b",
    anchor=r"pat[0-9A-Za-z]{14}\.[0-9a-f]{64}",
    max_chars=84,
    keywords=("pat",),
    remediation=f"{REVOKE}: the developer hub, Personal access tokens.",
    references=("https://airtable.com/developers/web/guides/personal-access-tokens",),
    bad=lambda random: assigned(random, "airtable", _token(random)),
    good=lambda random: assigned(random, "airtable", unlike(random, "pat", 64, HEX)),
)
def airtable_personal_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes the bases that its owner granted it."""
    return NOTHING_MORE if is_drawn(value) else None
