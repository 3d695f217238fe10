"""Ansible Galaxy token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 40, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 26, HEX),
            "${ANSIBLE_GALAXY_TOKEN}",
            "x" * 40,
            text(random, 64, HEX),
            "your_ansible_galaxy_token",
        )
    )


@secret(
    id="ansible-galaxy-token",
    title="Ansible Galaxy token",
    severity=Severity.CRITICAL,
    **named(
        "ansible_galaxy",
        "galaxy_api",
        "galaxy_server",
        value=r"[0-9a-f]{40}",
        chars=40,
        words="token|key",
    ),
    entropy=3.2,
    remediation=f"{REVOKE}: Galaxy, Collections, API token.",
    references=("https://docs.ansible.com/ansible/latest/galaxy/user_guide.html",),
    bad=lambda random: f"ANSIBLE_GALAXY_TOKEN={_token(random)}",
    good=lambda random: f"ANSIBLE_GALAXY_TOKEN={_other(random)}",
)
def ansible_galaxy_token(value: str) -> Claim | None:
    """It publishes to Ansible Galaxy.

    Whoever holds it uploads collections and roles that others run on their machines.
    """
    return NOTHING_MORE if is_drawn(value) else None
