"""Bindings of all who log in."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import BINDINGS, GUIDE, bound
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity

_BASIC = (
    "system:basic-user",
    "system:discovery",
    "system:public-info-viewer",
    "system:service-account-issuer-discovery",
)
"""Roles that every cluster gives to all who log in."""


@object_check(
    *BINDINGS,
    id="authenticated-binding",
    title="Rights are given to everyone who logs in",
    severity=Severity.HIGH,
    bad=(
        binding("view", "Group/system:authenticated"),
        binding("shop", "Group/system:authenticated", kind="RoleBinding", of="Role"),
    ),
    good=(
        binding("system:discovery", "Group/system:authenticated"),
        binding("view", "Group/developers"),
    ),
    remediation="Bind the users, groups or service accounts that need it.",
    references=(GUIDE,),
)
def authenticated_binding(subject: Object) -> Iterator[Evidence]:
    """The group has every service account of every pod.

    On some clouds it has every customer of the provider.
    """
    return bound(subject, "Group", ("system:authenticated",), harmless=_BASIC)
