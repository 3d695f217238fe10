"""Duffel: access tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("duffel_live_", "duffel_test_"))
    return f"{prefix}{text(random, 43, BASE64URL)}"


@secret(
    id="duffel-access-token",
    title="Duffel access token",
    pattern=r"\b((?:duffel_live_|duffel_test_)[0-9A-Za-z_-]{43})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:duffel_live_|duffel_test_)[0-9A-Za-z_-]{43}",
    max_chars=57,
    keywords=(
        "duffel_live_",
        "duffel_test_",
    ),
    binary=True,
    remediation=f"{REVOKE}: the Dashboard, Developers, Access tokens.",
    references=("https://duffel.com/docs/api/overview/making-requests",),
    bad=lambda random: assigned(random, "duffel", _token(random)),
    good=lambda random: assigned(random, "duffel", unlike(random, "duffel_live_", 43, BASE64URL)),
)
def duffel_access_token(value: str) -> Claim | None:
    """Whoever holds it books flights that the account pays for and reads who travels.

    One of test mode does nothing real.
    """
    if not is_drawn(value):
        return None
    if "_test_" in value:
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
