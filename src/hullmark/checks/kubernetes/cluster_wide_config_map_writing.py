"""Cluster roles that change config maps."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="cluster-wide-config-map-writing",
    title="Cluster role changes config maps",
    severity=Severity.MEDIUM,
    bad=(
        role("configmaps", "create, update"),
        role("configmaps", '"*"'),
    ),
    good=(
        role("configmaps", "update", kind="Role"),
        role("configmaps", "get"),
        role("configmaps", "patch", names="shop"),
    ),
    remediation=(
        "Grant it by a Role in the namespaces that need it, or name the config maps by "
        "resourceNames."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/configuration/configmap/",
    ),
)
def cluster_wide_config_map_writing(subject: Object) -> Iterator[Evidence]:
    """Who writes all config maps writes those of kube-system, too.

    They steer the cluster's DNS and proxy, and on some clusters who is an administrator.
    """
    return granted(subject, {CORE: ("configmaps",)}, ("update", "patch"))
