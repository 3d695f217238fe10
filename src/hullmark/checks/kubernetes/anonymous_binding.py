"""Bindings of those who do not log in."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import BINDINGS, GUIDE, bound
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity

_PUBLIC = (
    "system:public-info-viewer",
    "system:service-account-issuer-discovery",
    "kubeadm:bootstrap-signer-clusterinfo",
)
"""Roles that show only what is public."""


@object_check(
    *BINDINGS,
    id="anonymous-binding",
    title="Rights are given to who has not logged in",
    severity=Severity.HIGH,
    bad=(
        binding("view", "User/system:anonymous"),
        binding("shop", "Group/system:unauthenticated", kind="RoleBinding", of="Role"),
    ),
    good=(
        binding("system:public-info-viewer", "Group/system:unauthenticated"),
        binding("view", "User/jane"),
    ),
    remediation="Bind users, groups or service accounts that log in.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests",
    ),
)
def anonymous_binding(subject: Object) -> Iterator[Evidence]:
    """Whoever reaches the API server has these rights.

    It takes no password, token or certificate.
    """
    yield from bound(subject, "User", ("system:anonymous",), harmless=_PUBLIC)
    yield from bound(subject, "Group", ("system:unauthenticated",), harmless=_PUBLIC)
