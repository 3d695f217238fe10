"""Bindings of default service accounts."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import BINDINGS, GUIDE, role_of, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


@object_check(
    *BINDINGS,
    id="default-service-account-binding",
    title="Rights are given to a default service account",
    severity=Severity.MEDIUM,
    bad=(
        binding("view", "ServiceAccount/default"),
        binding("shop", "User/system:serviceaccount:shop:default", kind="RoleBinding", of="Role"),
    ),
    good=(
        binding("view", "ServiceAccount/shop"),
        binding("view", "User/default"),
    ),
    remediation="Give what needs rights a service account of its own.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/security/service-accounts/",
    ),
)
def default_service_account_binding(subject: Object) -> Iterator[Evidence]:
    """Every pod of the namespace that names no service account has these rights.

    That goes for those that are added later, too.
    """
    for each in subjects_of(subject):
        parts = each.name.split(":")
        as_user = each.kind == "User" and parts[:2] == ["system", "serviceaccount"]
        if each.is_one_of("ServiceAccount", ("default",)) or (as_user and parts[3:] == ["default"]):
            where = each.body.text("namespace") or (parts[2] if as_user else "its namespace")
            says = (
                f"the default service account of {where} is given the role {role_of(subject)[1]!r}"
            )
            yield subject.tell(each.at, says, each.line)
