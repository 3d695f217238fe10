"""PostHog: personal API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"phx_{text(random, 43)}"


@secret(
    id="posthog-personal-key",
    title="PostHog personal API key",
    pattern=r"\b(phx_[0-9A-Za-z]{43,48})\b",
    anchor=r"phx_[0-9A-Za-z]{43}",
    max_chars=54,
    keywords=("phx_",),
    remediation=f"{REVOKE}: Settings, Personal API keys.",
    references=("https://posthog.com/docs/api",),
    bad=lambda random: assigned(random, "posthog", _token(random)),
    good=lambda random: assigned(random, "posthog", unlike(random, "phx_", 43)),
)
def posthog_personal_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes all that its owner may, persons and their events too."""
    return NOTHING_MORE if is_drawn(value) else None
