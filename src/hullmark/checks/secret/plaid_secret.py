"""Plaid: secrets of clients."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "PLAID_SECRET",
    "plaid.secret",
    "plaid_secret_key",
)


def _token(random: Random) -> str:
    return text(random, 30, HEX)


@secret(
    id="plaid-secret",
    title="Plaid secret",
    severity=Severity.CRITICAL,
    **named("plaid", value=r"[0-9a-f]{30}", chars=30, words="secret"),
    entropy=3.0,
    remediation=f"{REVOKE}: the Dashboard, Developers, Keys.",
    references=("https://plaid.com/docs/quickstart/glossary/#secret",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 30, HEX)),
)
def plaid_secret(value: str) -> Claim | None:
    """Together with the client's id and access tokens it reads the bank accounts of all users."""
    return NOTHING_MORE if is_drawn(value) else None
