"""Voyage AI: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "VOYAGE_API_KEY",
    "voyage.key",
    "voyageToken",
)


def _token(random: Random) -> str:
    return f"pa-{text(random, 43, BASE64URL)}"


@secret(
    id="voyage-api-key",
    title="Voyage AI API key",
    **named("voyage", value=r"(?:pa|al)-[0-9A-Za-z_-]{43}", chars=46, end=r"(?:[^0-9A-Za-z_-]|$)"),
    entropy=3.8,
    remediation=f"{REVOKE}: the dashboard, API keys.",
    references=("https://docs.voyageai.com/docs/api-key-and-installation",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 46)),
)
def voyage_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
