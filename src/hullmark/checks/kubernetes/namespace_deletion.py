"""Roles that delete namespaces."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, DELETES, GUIDE, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="namespace-deletion",
    title="Role deletes namespaces",
    severity=Severity.MEDIUM,
    bad=(
        role("namespaces", "delete"),
        role("namespaces", '"*"'),
    ),
    good=(
        role("namespaces", "get, create"),
        role("namespaces", "delete", names="preview"),
    ),
    remediation="Name by resourceNames the namespaces that it deletes.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    ),
)
def namespace_deletion(subject: Object) -> Iterator[Evidence]:
    """A namespace takes all with it that it holds, data volumes as well.

    One request ends every service in it.
    """
    return granted(subject, {CORE: ("namespaces",)}, DELETES)
