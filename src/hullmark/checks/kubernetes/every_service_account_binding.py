"""Bindings of all service accounts."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import BINDINGS, GUIDE, bound
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity

_PUBLIC = ("system:service-account-issuer-discovery",)


@object_check(
    *BINDINGS,
    id="every-service-account-binding",
    title="Rights are given to every service account of the cluster",
    severity=Severity.HIGH,
    bad=(
        binding("view", "Group/system:serviceaccounts"),
        binding("shop", "Group/system:serviceaccounts", kind="RoleBinding", of="Role"),
    ),
    good=(
        binding("system:service-account-issuer-discovery", "Group/system:serviceaccounts"),
        binding("view", "Group/system:serviceaccounts:shop"),
    ),
    remediation="Bind the service accounts that need it.",
    references=(GUIDE,),
)
def every_service_account_binding(subject: Object) -> Iterator[Evidence]:
    """Every pod of every namespace has these rights.

    Breaking into the weakest of them is enough.
    """
    return bound(subject, "Group", ("system:serviceaccounts",), harmless=_PUBLIC)
