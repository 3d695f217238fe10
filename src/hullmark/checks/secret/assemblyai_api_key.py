"""AssemblyAI: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ASSEMBLYAI_API_KEY",
    "assemblyai.key",
    "assemblyaiToken",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="assemblyai-api-key",
    title="AssemblyAI API key",
    **named("assemblyai", "assembly_ai", "aai_api", value=r"[0-9a-f]{32}", chars=32),
    entropy=3.0,
    remediation=f"{REVOKE}: the dashboard, API Keys.",
    references=("https://www.assemblyai.com/docs",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def assemblyai_api_key(value: str) -> Claim | None:
    """Whoever holds it transcribes at the account's cost and reads what was transcribed."""
    return NOTHING_MORE if is_drawn(value) else None
