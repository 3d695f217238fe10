"""Roles that delete all workloads or data at once."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, WORKLOADS, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_LASTING = {
    **WORKLOADS,
    CORE: ("replicationcontrollers", "pods", "services", "persistentvolumeclaims"),
}


@object_check(
    *ROLES,
    id="mass-deletion",
    title="Role deletes all objects of a kind at once",
    severity=Severity.LOW,
    bad=(
        role("deployments", "delete, deletecollection", "apps"),
        role("persistentvolumeclaims", "deletecollection", kind="Role"),
    ),
    good=(
        role("deployments", "delete", "apps"),
        role("leases", "deletecollection", "coordination.k8s.io"),
    ),
    remediation="Grant delete, which names each object, instead of deletecollection.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/reference/access-authn-authz/authorization/",
    ),
)
def mass_deletion(subject: Object) -> Iterator[Evidence]:
    """One request removes every workload or volume claim of a namespace.

    Only restoring them from elsewhere undoes it.
    """
    return granted(subject, _LASTING, ("deletecollection",), explicit=True)
