"""Cluster roles that read secrets."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, READS, SECRETS, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="cluster-wide-secret-reading",
    title="Cluster role reads secrets",
    severity=Severity.HIGH,
    bad=(
        role("pods, secrets", "list"),
        role("secrets", '"*"'),
    ),
    good=(
        role("secrets", "get", names="shop-tls"),
        role("secrets", "get", kind="Role"),
        role("configmaps", "get"),
        role("secrets", "create"),
    ),
    remediation=(
        "Grant it by a Role in the namespaces that need it, limited to names by resourceNames."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/configuration/secret/",
    ),
)
def cluster_wide_secret_reading(subject: Object) -> Iterator[Evidence]:
    """Secrets hold passwords, keys and tokens of service accounts.

    Who may list or watch them gets their values as well, of every namespace where it is bound for
    the cluster.
    """
    return granted(subject, SECRETS, READS)
