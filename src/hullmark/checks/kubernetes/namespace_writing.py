"""Roles that change namespaces."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="namespace-writing",
    title="Role changes the labels of namespaces",
    severity=Severity.MEDIUM,
    bad=(
        role("namespaces", "update"),
        role("namespaces", "get, patch", kind="ClusterRole"),
    ),
    good=(
        role("namespaces", "get, create"),
        role("namespaces", "patch", names="shop"),
    ),
    remediation="Name by resourceNames the namespaces that it labels.",
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    ),
)
def namespace_writing(subject: Object) -> Iterator[Evidence]:
    """By its labels a namespace has a Pod Security Standard, and network policies select it.

    Who changes them lifts both, and runs privileged pods.
    """
    return granted(subject, {CORE: ("namespaces",)}, ("update", "patch"))
