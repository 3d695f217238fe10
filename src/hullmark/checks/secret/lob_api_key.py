"""Lob: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"{random.choice(('live', 'test'))}_{text(random, 35, HEX)}"


@secret(
    id="lob-api-key",
    title="Lob API key",
    pattern=r"\b((?:live|test)_(?:pub_)?[0-9a-f]{35})\b",
    anchor=r"(?:live|test)_[0-9a-f]{35}",
    max_chars=46,
    keywords=(
        "live_",
        "test_",
    ),
    entropy=3.0,
    remediation=f"{REVOKE}: the Dashboard, Settings, API Keys.",
    references=("https://docs.lob.com/#tag/Authentication",),
    bad=lambda random: assigned(random, "lob", _token(random)),
    good=lambda random: assigned(random, "lob", unlike(random, "live_", 35, HEX)),
)
def lob_api_key(value: str) -> Claim | None:
    """Whoever holds it prints and posts letters and cheques that the account pays for.

    One of test mode does nothing real.
    """
    if not is_drawn(value):
        return None
    if value.startswith("test_"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
