"""Tencent Cloud secret key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 32)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 21),
            "${TENCENTCLOUD_TOKEN}",
            "x" * 32,
            uuid(random),
            "your_tencentcloud_token",
        )
    )


@secret(
    id="tencent-cloud-secret-key",
    title="Tencent Cloud secret key",
    severity=Severity.CRITICAL,
    **named(
        "tencentcloud", "tencent_cloud", "tencent", "qcloud", value=r"[0-9A-Za-z]{32}", chars=32
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Cloud Access Management, API Keys.",
    references=("https://www.tencentcloud.com/document/product/598/32675",),
    bad=lambda random: assigned(random, "tencentcloud", _token(random)),
    good=lambda random: assigned(random, "tencentcloud", _other(random)),
)
def tencent_cloud_secret_key(value: str) -> Claim | None:
    """It signs requests to Tencent Cloud.

    With the id beside it, whoever holds it does everything that its user may do.
    """
    return NOTHING_MORE if is_drawn(value) else None
