"""Roles that may bind what they do not have."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import MANUAL, RBAC, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="bind-permission",
    title="Role may bind roles that are stronger than itself",
    severity=Severity.HIGH,
    bad=(
        role("clusterroles", "bind", RBAC),
        role("roles", "get, bind", RBAC, kind="Role"),
        role("clusterroles", "bind", RBAC, names="cluster-admin"),
    ),
    good=(
        role("clusterroles", "bind", RBAC, names="view"),
        role("clusterroles", "get", RBAC),
    ),
    remediation="Limit bind by resourceNames to the roles that it may give.",
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
        MANUAL,
    ),
)
def bind_permission(subject: Object) -> Iterator[Evidence]:
    """The verb bind lifts the guard that nobody gives away what he does not have.

    With the right to create bindings it makes anyone cluster-admin.
    """
    return granted(
        subject,
        {RBAC: ("roles", "clusterroles")},
        ("bind",),
        explicit=True,
        despite=("cluster-admin",),
    )
