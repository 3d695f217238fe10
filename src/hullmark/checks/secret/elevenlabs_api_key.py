"""ElevenLabs: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"sk_{text(random, 48, HEX)}"


@secret(
    id="elevenlabs-api-key",
    title="ElevenLabs API key",
    pattern=r"\b(sk_[0-9a-f]{48})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sk_[0-9a-f]{48}",
    max_chars=53,
    keywords=("sk_",),
    entropy=3.2,
    remediation=f"{REVOKE}: the profile's API keys.",
    references=("https://elevenlabs.io/docs/api-reference/authentication",),
    bad=lambda random: assigned(random, "elevenlabs", _token(random)),
    good=lambda random: assigned(random, "elevenlabs", unlike(random, "sk_", 48, HEX)),
)
def elevenlabs_api_key(value: str) -> Claim | None:
    """Whoever holds it speaks in the account's cloned voices, at its cost."""
    return NOTHING_MORE if is_drawn(value) else None
