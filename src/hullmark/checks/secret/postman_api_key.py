"""Postman: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"PMAK-{text(random, 24, HEX)}-{text(random, 34, HEX)}"


@secret(
    id="postman-api-key",
    title="Postman API key",
    pattern=r"\b(PMAK-[0-9a-f]{24}-[0-9a-f]{34})\b",
    anchor=r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
    max_chars=68,
    keywords=("PMAK-",),
    binary=True,
    remediation=f"{REVOKE}: Settings, API keys.",
    references=("https://learning.postman.com/docs/developer/postman-api/authentication/",),
    bad=lambda random: assigned(random, "postman", _token(random)),
    good=lambda random: assigned(random, "postman", unlike(random, "PMAK-", 59, HEX)),
)
def postman_api_key(value: str) -> Claim | None:
    """Whoever holds it reads the workspaces of its owner.

    Their environments often hold credentials.
    """
    return NOTHING_MORE if is_drawn(value) else None
