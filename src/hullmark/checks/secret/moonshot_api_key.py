"""Moonshot AI: API keys of Kimi."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "MOONSHOT_API_KEY",
    "kimi.key",
    "moonshotToken",
)


def _token(random: Random) -> str:
    return f"sk-{text(random, 48)}"


@secret(
    id="moonshot-api-key",
    title="Moonshot AI API key",
    **named("moonshot", "kimi", value=r"sk-[0-9A-Za-z]{48}", chars=51),
    entropy=4.0,
    remediation=f"{REVOKE}: the console, API Keys.",
    references=("https://platform.moonshot.ai/docs/api/chat",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 51)),
)
def moonshot_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
