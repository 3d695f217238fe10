"""Exoscale API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"EXO{text(random, 24, HEX)}"


@secret(
    id="exoscale-api-key",
    title="Exoscale API key",
    severity=Severity.MEDIUM,
    pattern=r"\b(EXO[0-9a-f]{24,32})\b",
    anchor=r"EXO[0-9a-f]{24}",
    max_chars=35,
    keywords=("EXO",),
    entropy=3.0,
    remediation=f"{REVOKE}: Exoscale, IAM, Keys.",
    references=("https://community.exoscale.com/product/iam/",),
    bad=lambda random: assigned(random, "exoscale", _token(random)),
    good=lambda random: assigned(random, "exoscale", unlike(random, "EXO", 24, HEX)),
)
def exoscale_api_key(_: str) -> Claim | None:
    """It names a key of Exoscale.

    With the secret that is usually kept beside it, whoever reads it does what its role allows.
    """
    return NOTHING_MORE
