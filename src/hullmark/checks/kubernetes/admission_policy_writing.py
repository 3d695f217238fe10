"""Roles that change admission policies."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import DELETES, GUIDE, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_POLICIES = {
    "admissionregistration.k8s.io": (
        "validatingadmissionpolicies",
        "validatingadmissionpolicybindings",
        "mutatingadmissionpolicies",
        "mutatingadmissionpolicybindings",
    )
}


@object_check(
    "ClusterRole",
    id="admission-policy-writing",
    title="Role changes admission policies",
    severity=Severity.MEDIUM,
    bad=(
        role("validatingadmissionpolicies", "update", "admissionregistration.k8s.io"),
        role("validatingadmissionpolicybindings", "delete", "admissionregistration.k8s.io"),
    ),
    good=(
        role("validatingadmissionpolicies", "get", "admissionregistration.k8s.io"),
        role("validatingadmissionpolicies", "patch", "admissionregistration.k8s.io", names="shop"),
    ),
    remediation="Name by resourceNames the policies that it keeps.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
    ),
)
def admission_policy_writing(subject: Object) -> Iterator[Evidence]:
    """The API server enforces these policies.

    Who changes or deletes them admits what they forbid, such as privileged pods.
    """
    return granted(subject, _POLICIES, (*WRITES, *DELETES))
