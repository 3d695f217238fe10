"""Cluster role bindings of roles of one namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import MANUAL, RBAC, role_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRoleBinding",
    id="role-in-cluster-role-binding",
    title="Cluster role binding names a Role of one namespace",
    severity=Severity.LOW,
    bad=(binding("shop", "ServiceAccount/shop", of="Role"),),
    good=(
        binding("shop", "ServiceAccount/shop"),
        binding("shop", "ServiceAccount/shop", of="Role", kind="RoleBinding"),
    ),
    remediation="Bind a Role by a RoleBinding in its namespace, or name a ClusterRole.",
    references=(MANUAL,),
)
def role_in_cluster_role_binding(subject: Object) -> Iterator[Evidence]:
    """The API server refuses it, so what relies on it fails.

    It is then often given cluster-admin instead.
    """
    kind, name = role_of(subject)
    if kind == "Role" and subject.group == RBAC:
        line = subject.body.map("roleRef").line_of("kind")
        yield subject.tell("roleRef.kind", f"it names the role {name!r}, not a cluster role", line)
