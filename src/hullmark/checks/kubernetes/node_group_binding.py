"""Bindings of all nodes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import BINDINGS, bound, role_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity

_OWN = ("kubeadm:", "system:certificates.k8s.io:")
"""Roles that every node needs to join and to renew its certificate."""


@object_check(
    *BINDINGS,
    id="node-group-binding",
    title="Rights are given to the kubelet of every node",
    severity=Severity.MEDIUM,
    bad=(
        binding("system:node", "Group/system:nodes"),
        binding("view", "Group/system:nodes"),
    ),
    good=(
        binding("kubeadm:kubelet-config", "Group/system:nodes", kind="RoleBinding", of="Role"),
        binding("view", "Group/operators"),
    ),
    remediation="Leave the rights of kubelets to the node authorizer.",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/node/",),
)
def node_group_binding(subject: Object) -> Iterator[Evidence]:
    """The node authorizer lets a kubelet see only what its pods need.

    Rights of the group system:nodes have no such limit, so one node that is broken into has them
    for the cluster.
    """
    _, role = role_of(subject)
    if not role.startswith(_OWN):
        yield from bound(subject, "Group", ("system:nodes",))
