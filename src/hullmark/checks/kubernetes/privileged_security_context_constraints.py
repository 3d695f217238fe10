"""Roles that use the loose constraints of OpenShift."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_LOOSE = (
    "privileged",
    "anyuid",
    "hostaccess",
    "hostmount-anyuid",
    "hostnetwork",
    "hostnetwork-v2",
    "node-exporter",
)


@object_check(
    *ROLES,
    id="privileged-security-context-constraints",
    title="Role uses privileged security context constraints",
    severity=Severity.HIGH,
    bad=(
        role("securitycontextconstraints", "use", "security.openshift.io"),
        role("securitycontextconstraints", "use", "security.openshift.io", names="privileged"),
    ),
    good=(
        role("securitycontextconstraints", "use", "security.openshift.io", names="restricted-v2"),
        role("securitycontextconstraints", "get", "security.openshift.io"),
    ),
    remediation=(
        "Name by resourceNames a constraint that is no looser than needed, such as restricted-v2."
    ),
    references=(
        "https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html",
    ),
)
def privileged_security_context_constraints(subject: Object) -> Iterator[Evidence]:
    """These constraints decide which pods may be privileged, run as root or mount the node.

    With the loose ones every pod of the account may.
    """
    return granted(
        subject,
        {"security.openshift.io": ("securitycontextconstraints",)},
        ("use",),
        despite=_LOOSE,
    )
