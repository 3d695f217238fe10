"""Cluster roles that read logs."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="cluster-wide-log-reading",
    title="Cluster role reads the logs of pods",
    severity=Severity.LOW,
    bad=(
        role("pods/log", "get"),
        role("pods, pods/log", '"*"'),
    ),
    good=(
        role("pods/log", "get", kind="Role"),
        role("pods", "get"),
    ),
    remediation="Grant it by a Role in the namespaces whose logs are needed.",
    references=(GUIDE,),
)
def cluster_wide_log_reading(subject: Object) -> Iterator[Evidence]:
    """Logs of all namespaces show requests, names of users and often tokens.

    Whoever breaks into what reads them has them all.
    """
    return granted(subject, {CORE: ("pods/log",)}, ("get",))
