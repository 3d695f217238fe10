"""Bindings of cluster-admin."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, role_of, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRoleBinding",
    id="cluster-admin-binding",
    title="Cluster-admin is given to others than its own group",
    severity=Severity.CRITICAL,
    bad=(
        binding("cluster-admin", "ServiceAccount/shop"),
        binding("cluster-admin", "Group/developers"),
    ),
    good=(
        binding("view", "ServiceAccount/shop"),
        binding("cluster-admin", "Group/system:masters"),
        binding("cluster-admin", "User/jane", kind="RoleBinding"),
    ),
    remediation="Bind a role with the verbs and resources that are needed.",
    references=(GUIDE,),
)
def cluster_admin_binding(subject: Object) -> Iterator[Evidence]:
    """Whoever breaks into this account owns the cluster, its secrets and its nodes."""
    if role_of(subject) == ("ClusterRole", "cluster-admin"):
        for each in subjects_of(subject):
            if not each.is_one_of("Group", ("system:masters",)):
                says = f"{each.kind} {each.name!r} is cluster-admin"
                yield subject.tell(each.at, says, each.line)
