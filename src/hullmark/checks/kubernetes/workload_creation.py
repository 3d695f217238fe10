"""Roles that create workloads."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import ROLES, WORKLOADS, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="workload-creation",
    title="Role creates or changes workloads",
    severity=Severity.MEDIUM,
    bad=(
        role("deployments, statefulsets", "create", "apps"),
        role("cronjobs", '"*"', "batch", kind="Role"),
    ),
    good=(
        role("deployments", "get, list, watch", "apps"),
        role("deployments", "patch", "apps", names="web"),
        role("deployments/scale", "patch", "apps"),
        role("deployments", "create", "batch"),
    ),
    remediation=("Grant it in few namespaces by Roles, and enforce a Pod Security Standard there."),
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    ),
)
def workload_creation(subject: Object) -> Iterator[Evidence]:
    """The pod template of a workload is as good as a pod.

    With it one reads the secrets of the namespace and acts as any of its service accounts.
    """
    return granted(subject, WORKLOADS, WRITES)
