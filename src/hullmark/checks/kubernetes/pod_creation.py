"""Roles that create pods."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="pod-creation",
    title="Role creates or changes pods",
    severity=Severity.MEDIUM,
    bad=(
        role("pods", "create"),
        role("pods", "get, patch", kind="Role"),
    ),
    good=(
        role("pods", "get, list, delete"),
        role("pods", "patch", names="web-0"),
        role("pods/status", "patch"),
    ),
    remediation=(
        "Leave pods to the controllers of workloads, and enforce a Pod Security Standard where "
        "it is needed."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    ),
)
def pod_creation(subject: Object) -> Iterator[Evidence]:
    """Whoever creates a pod chooses its service account, its mounts and its rights.

    So it reads every secret of the namespace, acts as each of its accounts, and takes the node
    where pods may be privileged.
    """
    return granted(subject, {CORE: ("pods",)}, WRITES)
