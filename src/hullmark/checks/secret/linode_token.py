"""Linode personal access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 64, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 42, HEX),
            "${LINODE_TOKEN}",
            "x" * 64,
            text(random, 88, HEX),
            "your_linode_token",
        )
    )


@secret(
    id="linode-token",
    title="Linode personal access token",
    severity=Severity.CRITICAL,
    **named("linode", value=r"[0-9a-f]{64}", chars=64),
    entropy=3.2,
    remediation=f"{REVOKE}: Linode, My Profile, API Tokens.",
    references=("https://techdocs.akamai.com/linode-api/reference/get-started",),
    bad=lambda random: assigned(random, "linode", _token(random)),
    good=lambda random: assigned(random, "linode", _other(random)),
)
def linode_token(value: str) -> Claim | None:
    """It acts as its owner on Linode.

    Whoever holds it makes and deletes machines, and reads their disks.
    """
    return NOTHING_MORE if is_drawn(value) else None
