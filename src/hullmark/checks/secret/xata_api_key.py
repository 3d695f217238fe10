"""Xata: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"xau_{text(random, 38)}"


@secret(
    id="xata-api-key",
    title="Xata API key",
    severity=Severity.CRITICAL,
    pattern=r"\b(xau_[0-9A-Za-z]{38,48})\b",
    anchor=r"xau_[0-9A-Za-z]{38}",
    max_chars=54,
    keywords=("xau_",),
    entropy=4.0,
    remediation=f"{REVOKE}: the account's settings.",
    references=("https://xata.io/docs",),
    bad=lambda random: assigned(random, "xata", _token(random)),
    good=lambda random: assigned(random, "xata", unlike(random, "xau_", 38)),
)
def xata_api_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes the databases of its owner."""
    return NOTHING_MORE if is_drawn(value) else None
