"""Bindings of admin or edit in the whole cluster."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, role_of, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRoleBinding",
    id="cluster-wide-admin-binding",
    title="Admin or edit is given in the whole cluster",
    severity=Severity.HIGH,
    bad=(
        binding("admin", "ServiceAccount/shop"),
        binding("edit", "Group/developers"),
    ),
    good=(
        binding("edit", "Group/developers", kind="RoleBinding"),
        binding("view", "Group/developers"),
    ),
    remediation="Bind it by a RoleBinding in each namespace that is meant.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles",
    ),
)
def cluster_wide_admin_binding(subject: Object) -> Iterator[Evidence]:
    """These roles are made for one namespace.

    Given in all of them, kube-system as well, they read every secret and run pods with any service
    account.
    """
    kind, name = role_of(subject)
    if kind == "ClusterRole" and name in ("admin", "edit"):
        for each in subjects_of(subject):
            says = f"{each.kind} {each.name!r} is given {name} in every namespace"
            yield subject.tell(each.at, says, each.line)
