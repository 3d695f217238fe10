"""Yandex OAuth token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"y0_{text(random, 56, BASE64URL)}"


@secret(
    id="yandex-oauth-token",
    title="Yandex OAuth token",
    severity=Severity.CRITICAL,
    pattern=r"\b(y[0-3]_[0-9A-Za-z_-]{55,58})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"y[0-3]_[0-9A-Za-z_-]{55}",
    max_chars=62,
    keywords=(
        "y0_",
        "y1_",
        "y2_",
        "y3_",
    ),
    entropy=4.0,
    remediation=f"{REVOKE}: Yandex ID, Security, Devices and sessions.",
    references=("https://yandex.cloud/en/docs/iam/operations/compromised-credentials",),
    bad=lambda random: assigned(random, "yandex", _token(random)),
    good=lambda random: assigned(random, "yandex", unlike(random, "y0_", 55)),
)
def yandex_oauth_token(_: str) -> Claim | None:
    """It acts as a person in Yandex for a year.

    In Yandex Cloud it is changed into tokens that may do all that the person may.
    """
    return NOTHING_MORE
