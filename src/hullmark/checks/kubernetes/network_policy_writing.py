"""Roles that change network policies."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import DELETES, GUIDE, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_POLICIES = {
    "networking.k8s.io": ("networkpolicies",),
    "policy.networking.k8s.io": (
        "adminnetworkpolicies",
        "baselineadminnetworkpolicies",
        "clusternetworkpolicies",
    ),
    "cilium.io": ("ciliumnetworkpolicies", "ciliumclusterwidenetworkpolicies"),
    "projectcalico.org": ("networkpolicies", "globalnetworkpolicies"),
    "crd.projectcalico.org": ("networkpolicies", "globalnetworkpolicies"),
}


@object_check(
    *ROLES,
    id="network-policy-writing",
    title="Role changes network policies",
    severity=Severity.MEDIUM,
    bad=(
        role("networkpolicies", "create", "networking.k8s.io"),
        role("networkpolicies", "delete", "networking.k8s.io", kind="Role"),
    ),
    good=(
        role("networkpolicies", "get, list", "networking.k8s.io"),
        role("networkpolicies", "patch", "networking.k8s.io", names="shop"),
    ),
    remediation=(
        "Keep network policies in the hands of who administers the network, and limit it by "
        "resourceNames."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    ),
)
def network_policy_writing(subject: Object) -> Iterator[Evidence]:
    """Policies add up.

    One that allows all opens every pod it selects, and deleting the last one does so, too.
    """
    return granted(subject, _POLICIES, (*WRITES, *DELETES))
