"""Pinecone: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"pcsk_{text(random, 6)}_{text(random, 63)}"


@secret(
    id="pinecone-api-key",
    title="Pinecone API key",
    pattern=r"\b(pcsk_[0-9A-Za-z]{4,7}_[0-9A-Za-z]{60,64})\b",
    anchor=r"pcsk_[0-9A-Za-z]{4,7}_[0-9A-Za-z]{60}",
    max_chars=80,
    keywords=("pcsk_",),
    binary=True,
    remediation=f"{REVOKE}: the console, API keys.",
    references=("https://docs.pinecone.io/guides/projects/manage-api-keys",),
    bad=lambda random: assigned(random, "pinecone", _token(random)),
    good=lambda random: assigned(random, "pinecone", unlike(random, "pcsk_", 66)),
)
def pinecone_api_key(value: str) -> Claim | None:
    """Whoever holds it reads, changes and deletes the project's indexes."""
    return NOTHING_MORE if is_drawn(value) else None
