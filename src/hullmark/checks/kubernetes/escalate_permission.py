"""Roles that may write more power into roles."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import MANUAL, RBAC, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="escalate-permission",
    title="Role may give roles more power than it has",
    severity=Severity.CRITICAL,
    bad=(
        role("clusterroles", "escalate, update", RBAC),
        role("roles", '"*"', RBAC, kind="Role"),
    ),
    good=(
        role("clusterroles", "get, update", RBAC),
        role("clusterroles", "escalate", RBAC, names="shop"),
    ),
    remediation="Remove the verb escalate, and give the role itself what it hands on.",
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
        MANUAL,
    ),
)
def escalate_permission(subject: Object) -> Iterator[Evidence]:
    """The verb escalate lifts the guard that nobody writes into a role what he does not have.

    With it any role becomes as strong as cluster-admin.
    """
    return granted(subject, {RBAC: ("roles", "clusterroles")}, ("escalate",))
