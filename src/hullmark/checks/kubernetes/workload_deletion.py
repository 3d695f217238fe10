"""Cluster roles that delete workloads."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, WORKLOADS, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="workload-deletion",
    title="Cluster role deletes workloads of every namespace",
    severity=Severity.LOW,
    bad=(
        role("deployments", "get, delete", "apps"),
        role("daemonsets", "delete", "apps"),
    ),
    good=(
        role("deployments", "delete", "apps", kind="Role"),
        role("deployments", "get", "apps"),
        role("deployments", "delete", "apps", names="web"),
    ),
    remediation=(
        "Grant it by Roles in the namespaces that need it, or name the workloads by resourceNames."
    ),
    references=(
        GUIDE,
        "https://attack.mitre.org/techniques/T1489/",
    ),
)
def workload_deletion(subject: Object) -> Iterator[Evidence]:
    """Whoever breaks into what has the role ends any service of the cluster.

    Among them are the agents that would notice it.
    """
    return granted(subject, WORKLOADS, ("delete",), explicit=True)
