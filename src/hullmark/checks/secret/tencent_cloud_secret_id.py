"""Tencent Cloud secret id."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"AKID{text(random, 32)}"


@secret(
    id="tencent-cloud-secret-id",
    title="Tencent Cloud secret id",
    pattern=r"\b((?:AKID|IKID)[0-9A-Za-z]{32})\b",
    anchor=r"(?:AKID|IKID)[0-9A-Za-z]{32}",
    max_chars=36,
    keywords=(
        "AKID",
        "IKID",
    ),
    entropy=3.6,
    remediation=f"{REVOKE}: Cloud Access Management, API Keys.",
    references=("https://www.tencentcloud.com/document/product/598/32675",),
    bad=lambda random: assigned(random, "tencent", _token(random)),
    good=lambda random: assigned(random, "tencent", unlike(random, "AKID", 32)),
)
def tencent_cloud_secret_id(_: str) -> Claim | None:
    """It names a key of Tencent Cloud.

    With the secret key that is usually kept beside it, whoever reads it acts as that user.
    """
    return NOTHING_MORE
