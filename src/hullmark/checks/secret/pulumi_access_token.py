"""Pulumi access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"pul-{text(random, 40, HEX)}"


@secret(
    id="pulumi-access-token",
    title="Pulumi access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(pul-[0-9a-f]{40})\b",
    anchor=r"pul-[0-9a-f]{40}",
    max_chars=45,
    keywords=("pul-",),
    remediation=f"{REVOKE}: Pulumi Cloud, Personal access tokens.",
    references=("https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/",),
    bad=lambda random: assigned(random, "pulumi", _token(random)),
    good=lambda random: assigned(random, "pulumi", unlike(random, "pul-", 40, HEX)),
)
def pulumi_access_token(_: str) -> Claim | None:
    """It acts as its owner in Pulumi Cloud.

    Whoever holds it reads the state of stacks, and their secrets, and deploys.
    """
    return NOTHING_MORE
