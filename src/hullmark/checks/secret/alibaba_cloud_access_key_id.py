"""Alibaba Cloud access key id."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"LTAI{text(random, random.choice((12, 16, 20)))}"


@secret(
    id="alibaba-cloud-access-key-id",
    title="Alibaba Cloud access key id",
    pattern=r"\b(LTAI[0-9A-Za-z]{12}(?:[0-9A-Za-z]{4}){0,2})\b",
    anchor=r"LTAI[0-9A-Za-z]{12}",
    max_chars=24,
    keywords=("LTAI",),
    entropy=3.0,
    remediation=f"{REVOKE}: RAM console, Users, AccessKey.",
    references=("https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair",),
    bad=lambda random: assigned(random, "aliyun", _token(random)),
    good=lambda random: assigned(random, "aliyun", unlike(random, "LTAI", 12)),
)
def alibaba_cloud_access_key_id(_: str) -> Claim | None:
    """It names a key of Alibaba Cloud.

    With the secret that is usually kept beside it, whoever reads it acts as that user.
    """
    return NOTHING_MORE
