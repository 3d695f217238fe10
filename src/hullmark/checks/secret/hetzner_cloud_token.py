"""Hetzner Cloud API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 64)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 42),
            "${HCLOUD_TOKEN}",
            "x" * 64,
            uuid(random),
            "your_hcloud_token",
        )
    )


@secret(
    id="hetzner-cloud-token",
    title="Hetzner Cloud API token",
    severity=Severity.CRITICAL,
    **named("hcloud", "hetzner", value=r"[0-9A-Za-z]{64}", chars=64),
    entropy=3.8,
    remediation=f"{REVOKE}: Hetzner Cloud console, Security, API tokens.",
    references=("https://docs.hetzner.cloud/",),
    bad=lambda random: assigned(random, "hcloud", _token(random)),
    good=lambda random: assigned(random, "hcloud", _other(random)),
)
def hetzner_cloud_token(value: str) -> Claim | None:
    """It controls a project of Hetzner Cloud.

    Whoever holds it makes and deletes machines, and resets their passwords.
    """
    return NOTHING_MORE if is_drawn(value) else None
