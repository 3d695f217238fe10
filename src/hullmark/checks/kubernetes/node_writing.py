"""Roles that change or delete nodes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, DELETES, GUIDE, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="node-writing",
    title="Role changes or deletes nodes",
    severity=Severity.MEDIUM,
    bad=(
        role("nodes", "patch"),
        role("nodes/status", "update"),
        role("nodes", "deletecollection"),
    ),
    good=(
        role("nodes", "get, list, watch"),
        role("nodes", "patch", names="worker-1"),
        role("nodes", "patch", kind="Role"),
    ),
    remediation="Leave nodes to their kubelets and to the controller that manages them.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/architecture/nodes/",
    ),
)
def node_writing(subject: Object) -> Iterator[Evidence]:
    """Labels, taints and the state of nodes decide where pods run.

    Who changes them draws pods with secrets to a node of his, or evicts all from the others.
    """
    return granted(subject, {CORE: ("nodes", "nodes/status")}, ("update", "patch", *DELETES))
