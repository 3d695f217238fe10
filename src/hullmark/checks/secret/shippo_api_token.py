"""Shippo: API tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("shippo_live_", "shippo_test_"))
    return f"{prefix}{text(random, 40, HEX)}"


@secret(
    id="shippo-api-token",
    title="Shippo API token",
    pattern=r"\b((?:shippo_live_|shippo_test_)[0-9a-f]{40})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:shippo_live_|shippo_test_)[0-9a-f]{40}",
    max_chars=54,
    keywords=(
        "shippo_live_",
        "shippo_test_",
    ),
    binary=True,
    remediation=f"{REVOKE}: Settings, API.",
    references=("https://docs.goshippo.com/docs/guides_general/authentication/",),
    bad=lambda random: assigned(random, "shippo", _token(random)),
    good=lambda random: assigned(random, "shippo", unlike(random, "shippo_live_", 40, HEX)),
)
def shippo_api_token(value: str) -> Claim | None:
    """Whoever holds it buys postage that the account pays for and reads addresses.

    One of test mode does nothing real.
    """
    if not is_drawn(value):
        return None
    if "_test_" in value:
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
