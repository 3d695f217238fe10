"""VirusTotal: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "VIRUSTOTAL_API_KEY",
    "virustotal.key",
    "VT_API_KEY",
)


def _token(random: Random) -> str:
    return text(random, 64, HEX)


@secret(
    id="virustotal-api-key",
    title="VirusTotal API key",
    **named("virustotal", "vt_api", value=r"[0-9a-f]{64}", chars=64, words="key|token"),
    entropy=3.2,
    remediation=f"{REVOKE}: the user menu, API key.",
    references=("https://docs.virustotal.com/reference/authentication",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 64, HEX)),
)
def virustotal_api_key(value: str) -> Claim | None:
    """Whoever holds it asks at the account's cost and, for companies, sees what others uploaded."""
    return NOTHING_MORE if is_drawn(value) else None
