"""Yandex Cloud API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"AQVN{text(random, 36, BASE64URL)}"


@secret(
    id="yandex-cloud-api-key",
    title="Yandex Cloud API key",
    pattern=r"\b(AQVN[0-9A-Za-z_-]{35,38})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"AQVN[0-9A-Za-z_-]{35}",
    max_chars=44,
    keywords=("AQVN",),
    entropy=3.8,
    remediation=f"{REVOKE}: Identity and Access Management, Service accounts.",
    references=("https://yandex.cloud/en/docs/iam/operations/compromised-credentials",),
    bad=lambda random: assigned(random, "yandex", _token(random)),
    good=lambda random: assigned(random, "yandex", unlike(random, "AQVN", 35, BASE64URL)),
)
def yandex_cloud_api_key(_: str) -> Claim | None:
    """It calls services of Yandex Cloud as a service account.

    Whoever holds it uses them at that account's cost.
    """
    return NOTHING_MORE
