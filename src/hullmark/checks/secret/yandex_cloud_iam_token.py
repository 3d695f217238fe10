"""Yandex Cloud IAM token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"t1.{text(random, 60, BASE64URL)}.{text(random, 86, BASE64URL)}"


@secret(
    id="yandex-cloud-iam-token",
    title="Yandex Cloud IAM token",
    severity=Severity.MEDIUM,
    pattern=r"\b(t1\.[0-9A-Za-z_-]{20}[0-9A-Za-z_-]*={0,2}\.[0-9A-Za-z_-]{86}={0,2})",
    anchor=r"t1\.[0-9A-Za-z_-]{20}",
    max_chars=600,
    keywords=("t1.",),
    entropy=4.2,
    remediation=f"{REVOKE}: Identity and Access Management, Revoke tokens.",
    references=("https://yandex.cloud/en/docs/iam/operations/compromised-credentials",),
    bad=lambda random: assigned(random, "yandex", _token(random)),
    good=lambda random: assigned(random, "yandex", unlike(random, "t1.", 90, BASE64URL)),
)
def yandex_cloud_iam_token(_: str) -> Claim | None:
    """It acts as an account of Yandex Cloud for at most 12 hours.

    One in a file tells that they are written into files.
    """
    return NOTHING_MORE
