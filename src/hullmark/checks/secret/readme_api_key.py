"""ReadMe: API keys of projects."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"rdme_{text(random, 70, LOWER)}"


@secret(
    id="readme-api-key",
    title="ReadMe API key",
    pattern=r"\b(rdme_[0-9a-z]{70})\b",
    anchor=r"rdme_[0-9a-z]{70}",
    max_chars=77,
    keywords=("rdme_",),
    binary=True,
    remediation=f"{REVOKE}: the project's configuration, API Keys.",
    references=("https://docs.readme.com/main/reference/intro-to-the-readme-api",),
    bad=lambda random: assigned(random, "readme", _token(random)),
    good=lambda random: assigned(random, "readme", unlike(random, "rdme_", 70, LOWER)),
)
def readme_api_key(value: str) -> Claim | None:
    """Whoever holds it changes the project's documentation, which users trust."""
    return NOTHING_MORE if is_drawn(value) else None
