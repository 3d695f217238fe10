"""Bindings of the group that no authorizer asks."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import BINDINGS, GUIDE, bound
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


@object_check(
    *BINDINGS,
    id="system-masters-binding",
    title="Rights are given to the group system:masters",
    severity=Severity.MEDIUM,
    bad=(
        binding("view", "Group/system:masters"),
        binding("edit", "Group/system:masters", kind="RoleBinding"),
    ),
    good=(
        binding("view", "Group/administrators"),
        binding("cluster-admin", "Group/system:masters").replace(
            "name: shop", "name: cluster-admin"
        ),
    ),
    remediation="Use a group of your own that is bound to the role it needs.",
    references=(GUIDE,),
)
def system_masters_binding(subject: Object) -> Iterator[Evidence]:
    """Members of system:masters pass every check, and no removal of a binding stops them.

    Who binds it counts on certificates that nobody can revoke.
    """
    if subject.metadata.text("name") != "cluster-admin":
        yield from bound(subject, "Group", ("system:masters",))
