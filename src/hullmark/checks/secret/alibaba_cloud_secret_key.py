"""Alibaba Cloud access key secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 30)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 20),
            "${ALIBABA_CLOUD_ACCESS_KEY_SECRET}",
            "x" * 30,
            uuid(random),
            "your_alibaba_token",
        )
    )


@secret(
    id="alibaba-cloud-secret-key",
    title="Alibaba Cloud access key secret",
    severity=Severity.CRITICAL,
    **named(
        "alibaba",
        "aliyun",
        "alicloud",
        "access_key_secret",
        value=r"[0-9A-Za-z]{30}",
        chars=30,
        words="",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: RAM console, Users, AccessKey.",
    references=("https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair",),
    bad=lambda random: f"ALIBABA_CLOUD_ACCESS_KEY_SECRET={_token(random)}",
    good=lambda random: f"ALIBABA_CLOUD_ACCESS_KEY_SECRET={_other(random)}",
)
def alibaba_cloud_secret_key(value: str) -> Claim | None:
    """It signs requests to Alibaba Cloud.

    With the id beside it, whoever holds it does everything that its user may do.
    """
    return NOTHING_MORE if is_drawn(value) else None
