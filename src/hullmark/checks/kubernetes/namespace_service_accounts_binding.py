"""Bindings of all service accounts of a namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import BINDINGS, GUIDE, role_of, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


@object_check(
    *BINDINGS,
    id="namespace-service-accounts-binding",
    title="Rights are given to every service account of a namespace",
    severity=Severity.MEDIUM,
    bad=(
        binding("view", "Group/system:serviceaccounts:shop"),
        binding("shop", "Group/system:serviceaccounts:shop", kind="RoleBinding", of="Role"),
    ),
    good=(
        binding("view", "Group/system:serviceaccounts"),
        binding("system:image-puller", "Group/system:serviceaccounts:shop", kind="RoleBinding"),
    ),
    remediation="Bind the service accounts that need it.",
    references=(GUIDE,),
)
def namespace_service_accounts_binding(subject: Object) -> Iterator[Evidence]:
    """Every pod of the namespace has these rights, whatever its service account.

    That goes for those that are added later, too.
    """
    _, role = role_of(subject)
    for each in subjects_of(subject):
        of_namespace = each.kind == "Group" and each.name.startswith("system:serviceaccounts:")
        if of_namespace and role != "system:image-puller":
            says = f"every service account in Group {each.name!r} is given the role {role!r}"
            yield subject.tell(each.at, says, each.line)
