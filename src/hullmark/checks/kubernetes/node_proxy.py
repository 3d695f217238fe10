"""Roles with direct access to kubelets."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="node-proxy",
    title="Role reaches the kubelets of nodes",
    severity=Severity.HIGH,
    bad=(
        role("nodes/proxy", "get"),
        role("nodes, nodes/proxy", "create"),
    ),
    good=(
        role("nodes", "get"),
        role("nodes/metrics, nodes/stats", "get"),
        role("nodes/proxy", "get", kind="Role"),
    ),
    remediation="Grant nodes/metrics, nodes/stats or nodes/log instead, which let read alone.",
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
        "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",
    ),
)
def node_proxy(subject: Object) -> Iterator[Evidence]:
    """The kubelet runs commands in every container of its node, past admission and audit.

    The verb get is enough, since the kubelet takes websockets.
    """
    return granted(
        subject, {CORE: ("nodes/proxy",)}, ("get", "create", "update", "patch", "delete")
    )
