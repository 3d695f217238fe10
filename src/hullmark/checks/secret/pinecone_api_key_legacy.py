"""Pinecone: API keys that are plain UUIDs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "PINECONE_API_KEY",
    "pinecone.key",
    "pineconeToken",
)


def _token(random: Random) -> str:
    return uuid(random)


@secret(
    id="pinecone-api-key-legacy",
    title="Pinecone API key of the older form",
    **named(
        "pinecone",
        value=r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="key|token",
    ),
    remediation=f"{REVOKE}: the console, API keys.",
    references=("https://docs.pinecone.io/guides/projects/manage-api-keys",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 36, HEX)),
)
def pinecone_api_key_legacy(value: str) -> Claim | None:
    """Whoever holds it reads, changes and deletes the project's indexes."""
    return NOTHING_MORE if is_drawn(value) else None
