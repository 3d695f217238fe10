"""Cal.com: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"cal_live_{text(random, 32, HEX)}"


@secret(
    id="calcom-api-key",
    title="Cal.com API key",
    pattern=r"\b(cal_live_[0-9a-f]{32})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"cal_live_[0-9a-f]{32}",
    max_chars=43,
    keywords=("cal_live_",),
    entropy=3.0,
    binary=True,
    remediation=f"{REVOKE}: Settings, Developer, API keys.",
    references=("https://cal.com/docs/api-reference/v2/introduction",),
    bad=lambda random: assigned(random, "calcom", _token(random)),
    good=lambda random: assigned(random, "calcom", unlike(random, "cal_live_", 32, HEX)),
)
def calcom_api_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes the bookings of its owner."""
    return NOTHING_MORE if is_drawn(value) else None
