"""Rancher API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"token-{text(random, 5, LOWER)}:{text(random, 54, LOWER)}"


@secret(
    id="rancher-token",
    title="Rancher API token",
    severity=Severity.CRITICAL,
    pattern=r"\b(token-[0-9a-z]{5}:[0-9a-z]{54})\b",
    anchor=r"token-[0-9a-z]{5}:[0-9a-z]{54}",
    max_chars=66,
    keywords=("token-",),
    remediation=f"{REVOKE}: Rancher, Account & API Keys.",
    references=("https://ranchermanager.docs.rancher.com/reference-guides/user-settings/api-keys",),
    bad=lambda random: assigned(random, "rancher", _token(random)),
    good=lambda random: assigned(random, "rancher", unlike(random, "token-abcde:", 54, LOWER)),
)
def rancher_token(_: str) -> Claim | None:
    """It acts as its owner in Rancher.

    Whoever holds it reaches every cluster that the owner may reach.
    """
    return NOTHING_MORE
