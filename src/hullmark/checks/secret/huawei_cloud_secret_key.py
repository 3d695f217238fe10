"""Huawei Cloud secret access key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 40)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 26),
            "${HW_SECRET_KEY}",
            "x" * 40,
            uuid(random),
            "your_huaweicloud_token",
        )
    )


@secret(
    id="huawei-cloud-secret-key",
    title="Huawei Cloud secret access key",
    severity=Severity.CRITICAL,
    **named(
        "huaweicloud",
        "huawei",
        "hwcloud",
        "hw_secret",
        value=r"[0-9A-Za-z]{40}",
        chars=40,
        words="key|token|secret",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: My Credentials, Access Keys.",
    references=("https://support.huaweicloud.com/intl/en-us/usermanual-ca/ca_01_0003.html",),
    bad=lambda random: f"HW_SECRET_KEY={_token(random)}",
    good=lambda random: f"HW_SECRET_KEY={_other(random)}",
)
def huawei_cloud_secret_key(value: str) -> Claim | None:
    """It signs requests to Huawei Cloud.

    With the access key beside it, whoever holds it does everything that its user may do.
    """
    return NOTHING_MORE if is_drawn(value) else None
