"""Fauna: secrets of databases; the service ended in 2025."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "FAUNA_SECRET",
    "fauna.key",
    "faunaAdminKey",
)


def _token(random: Random) -> str:
    return f"fn{text(random, 38)}"


@secret(
    id="fauna-secret",
    title="Fauna secret",
    severity=Severity.LOW,
    **named("fauna", value=r"fn[0-9A-Za-z_-]{38}", chars=40, end=r"(?:[^0-9A-Za-z_-]|$)"),
    entropy=4.0,
    remediation=f"{REVOKE}: the dashboard.",
    references=("https://docs.faunadb.org/fauna/current/learn/security/keys/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 40)),
)
def fauna_secret(value: str) -> Claim | None:
    """It read and changed the database until the service ended in May 2025."""
    return NOTHING_MORE if is_drawn(value) else None
