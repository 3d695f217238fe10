"""Roles that change definitions of custom resources."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import DELETES, GUIDE, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="resource-definition-writing",
    title="Role changes definitions of custom resources",
    severity=Severity.MEDIUM,
    bad=(
        role("customresourcedefinitions", "create, delete", "apiextensions.k8s.io"),
        role("customresourcedefinitions", "patch", "apiextensions.k8s.io"),
    ),
    good=(
        role("customresourcedefinitions", "get, list", "apiextensions.k8s.io"),
        role(
            "customresourcedefinitions", "patch", "apiextensions.k8s.io", names="shops.example.com"
        ),
    ),
    remediation="Install definitions apart from what uses them, or name them by resourceNames.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/",
    ),
)
def resource_definition_writing(subject: Object) -> Iterator[Evidence]:
    """Deleting a definition deletes all its objects in the cluster.

    Changing one switches off what validates them, or sends them to a conversion webhook of the
    attacker.
    """
    return granted(
        subject, {"apiextensions.k8s.io": ("customresourcedefinitions",)}, (*WRITES, *DELETES)
    )
