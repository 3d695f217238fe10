"""Bindings of cluster-admin in a namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, role_of, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


@object_check(
    "RoleBinding",
    id="namespace-cluster-admin-binding",
    title="Cluster-admin is given in a namespace",
    severity=Severity.MEDIUM,
    bad=(binding("cluster-admin", "ServiceAccount/shop", kind="RoleBinding"),),
    good=(
        binding("edit", "ServiceAccount/shop", kind="RoleBinding"),
        binding("cluster-admin", "User/jane"),
    ),
    remediation="Bind the built-in role edit, or one with what is needed.",
    references=(GUIDE,),
)
def namespace_cluster_admin_binding(subject: Object) -> Iterator[Evidence]:
    """It grants everything in the namespace, quotas and roles that guard it as well.

    Whoever breaks into this account has all its secrets and pods.
    """
    if role_of(subject) == ("ClusterRole", "cluster-admin"):
        for each in subjects_of(subject):
            says = f"{each.kind} {each.name!r} is cluster-admin of the namespace"
            yield subject.tell(each.at, says, each.line)
