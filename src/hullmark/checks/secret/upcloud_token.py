"""UpCloud API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import UPPER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"ucat_{text(random, 26, UPPER)}"


@secret(
    id="upcloud-token",
    title="UpCloud API token",
    severity=Severity.CRITICAL,
    pattern=r"\b(ucat_[0-9A-Z]{26})\b",
    anchor=r"ucat_[0-9A-Z]{26}",
    max_chars=32,
    keywords=("ucat_",),
    entropy=3.4,
    remediation=f"{REVOKE}: UpCloud, Account, API tokens.",
    references=("https://upcloud.com/docs/guides/managing-api-tokens/",),
    bad=lambda random: assigned(random, "upcloud", _token(random)),
    good=lambda random: assigned(random, "upcloud", unlike(random, "ucat_", 26, UPPER)),
)
def upcloud_token(_: str) -> Claim | None:
    """It acts as its owner on UpCloud.

    Whoever holds it makes and deletes machines, and reads their disks.
    """
    return NOTHING_MORE
