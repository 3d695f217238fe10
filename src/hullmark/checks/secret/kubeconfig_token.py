"""Kubeconfig token."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, random.choice((20, 32, 64)))


def _other(random: Random) -> str:
    return random.choice(
        (
            "REDACTED",
            "<token>",
            "${KUBE_TOKEN}",
            "your_token_goes_here",
        )
    )


@secret(
    id="kubeconfig-token",
    title="Kubeconfig token",
    severity=Severity.CRITICAL,
    pattern=(
        r"""\buser:\r?\n[ ]{2,12}token:[ ]{1,4}[\"']?"""
        r"([0-9A-Za-z._~:+/-]{16}[0-9A-Za-z._~:+/-]*)"
    ),
    anchor=r"""user:\r?\n[ ]{2,12}token:[ ]{1,4}[\"']?[0-9A-Za-z._~:+/-]{16}""",
    max_chars=850,
    keywords=("user:",),
    path="root/.kube/config",
    entropy=3.0,
    generic=True,
    remediation=(
        "Revoke it where the cluster's tokens are issued, "
        "and have kubectl ask for one by a plug-in."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/",
    ),
    bad=lambda random: f"- name: admin\n  user:\n    token: {_token(random)}",
    good=lambda random: f"- name: admin\n  user:\n    token: {_other(random)}",
)
def kubeconfig_token(value: str) -> Claim | None:
    """It logs in to a cluster.

    Whoever holds it and reaches the API server is the user that it was issued to.
    """
    return NOTHING_MORE if is_drawn(value) else None
