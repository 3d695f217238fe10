"""Roles that reach pods and services through the API server."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="proxy-to-workloads",
    title="Role reaches pods and services through the API server",
    severity=Severity.MEDIUM,
    bad=(
        role("services/proxy", "get"),
        role("pods/proxy", "create", kind="Role"),
    ),
    good=(
        role("services", "get"),
        role("services/proxy", "get", names="dashboard"),
    ),
    remediation="Remove the subresource proxy, or limit it to names by resourceNames.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/",
    ),
)
def proxy_to_workloads(subject: Object) -> Iterator[Evidence]:
    """Requests come from the API server and not from who sends them.

    They pass network policies, and reach services that are meant for the cluster alone.
    """
    return granted(
        subject,
        {CORE: ("pods/proxy", "services/proxy")},
        ("get", "create", "update", "patch", "delete"),
    )
