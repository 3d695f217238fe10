"""Exoscale API secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 43, BASE64URL)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 28, BASE64URL),
            "${EXOSCALE_TOKEN}",
            "x" * 43,
            uuid(random),
            "your_exoscale_token",
        )
    )


@secret(
    id="exoscale-api-secret",
    title="Exoscale API secret",
    severity=Severity.CRITICAL,
    **named("exoscale", value=r"[0-9A-Za-z_-]{43}", chars=43, end=r"(?:[^0-9A-Za-z+/=_-]|$)"),
    entropy=3.8,
    remediation=f"{REVOKE}: Exoscale, IAM, Keys.",
    references=("https://community.exoscale.com/product/iam/",),
    bad=lambda random: assigned(random, "exoscale", _token(random)),
    good=lambda random: assigned(random, "exoscale", _other(random)),
)
def exoscale_api_secret(value: str) -> Claim | None:
    """It signs requests to Exoscale.

    With the key beside it, whoever holds it does everything that its role allows.
    """
    return NOTHING_MORE if is_drawn(value) else None
