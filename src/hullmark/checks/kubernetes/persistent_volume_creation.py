"""Roles that create persistent volumes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="persistent-volume-creation",
    title="Role creates persistent volumes",
    severity=Severity.HIGH,
    bad=(
        role("persistentvolumes", "create, get"),
        role("persistentvolumes", '"*"'),
    ),
    good=(
        role("persistentvolumeclaims", "create"),
        role("persistentvolumes", "get, list"),
        role("persistentvolumes", "create", kind="Role"),
    ),
    remediation="Leave persistent volumes to the provisioner, and grant persistentvolumeclaims.",
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    ),
)
def persistent_volume_creation(subject: Object) -> Iterator[Evidence]:
    """A persistent volume may be any folder of a node.

    A pod that claims it reads and writes the node's files even where pods themselves may have no
    hostPath.
    """
    return granted(subject, {CORE: ("persistentvolumes",)}, ("create",))
