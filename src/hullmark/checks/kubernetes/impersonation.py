"""Roles that act as others."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="impersonation",
    title="Role acts as other users, groups or service accounts",
    severity=Severity.CRITICAL,
    bad=(
        role("users, groups", "impersonate"),
        role("serviceaccounts", "impersonate", kind="Role"),
        role("groups", "impersonate", names="'system:masters'"),
    ),
    good=(
        role("users", "impersonate", names="jane"),
        role("serviceaccounts", "get, create"),
    ),
    remediation="Name by resourceNames who may be impersonated.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/",
    ),
)
def impersonation(subject: Object) -> Iterator[Evidence]:
    """Who may impersonate any user, group or service account has all their rights.

    It takes one request as a member of system:masters to own the cluster.
    """
    return granted(
        subject,
        {CORE: ("users", "groups", "serviceaccounts")},
        ("impersonate",),
        despite=("system:masters",),
    )
