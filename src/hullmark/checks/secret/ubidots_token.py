"""Ubidots: tokens of accounts, and keys that make them."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("BBFF-", "BBUS-"))
    return f"{prefix}{text(random, 30)}"


@secret(
    id="ubidots-token",
    title="Ubidots token",
    severity=Severity.MEDIUM,
    pattern=r"\b((?:BBFF-|BBUS-)[0-9A-Za-z]{30,40})\b",
    anchor=r"(?:BBFF-|BBUS-)[0-9A-Za-z]{30}",
    max_chars=47,
    keywords=(
        "BBFF-",
        "BBUS-",
    ),
    binary=True,
    remediation=f"{REVOKE}: the profile, API Credentials.",
    references=("https://docs.ubidots.com/reference/authentication",),
    bad=lambda random: assigned(random, "ubidots", _token(random)),
    good=lambda random: assigned(random, "ubidots", unlike(random, "BBFF-", 30)),
)
def ubidots_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes what its owner's devices report."""
    return NOTHING_MORE if is_drawn(value) else None
