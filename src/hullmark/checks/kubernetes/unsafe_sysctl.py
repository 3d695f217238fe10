"""Pods that set kernel parameters which are not safe to set."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS
from hullmark.model import Evidence, Severity
from hullmark.model.kubernetes import NEWEST
from hullmark.model.placed import Map

_SAFE = {
    "kernel.shm_rmid_forced": 0,
    "net.ipv4.ip_local_port_range": 0,
    "net.ipv4.ip_unprivileged_port_start": 0,
    "net.ipv4.ping_group_range": 0,
    "net.ipv4.tcp_syncookies": 0,
    "net.ipv4.ip_local_reserved_ports": 27,
    "net.ipv4.tcp_fin_timeout": 29,
    "net.ipv4.tcp_keepalive_intvl": 29,
    "net.ipv4.tcp_keepalive_probes": 29,
    "net.ipv4.tcp_keepalive_time": 29,
    "net.ipv4.tcp_rmem": 32,
    "net.ipv4.tcp_wmem": 32,
    "net.ipv4.tcp_notsent_lowat": 37,
    "net.ipv4.tcp_slow_start_after_idle": 37,
}
"""What reaches no further than a pod, each with the minor version that accepts it first."""


@pod_check(
    id="unsafe-sysctl",
    needs=("sysctls",),
    title="Pod sets an unsafe sysctl",
    severity=Severity.MEDIUM,
    bad=(
        a_pod(spec="securityContext:\n  sysctls:\n  - {name: kernel.msgmax, value: '65536'}"),
        a_pod(
            spec="securityContext: {sysctls: [{name: net.core.somaxconn, value: '1024'}]}",
            kind="Deployment",
        ),
    ),
    good=(
        a_pod(spec="securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}]}"),
        a_pod(spec="securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: 4096 87380}]}"),
        a_pod(),
    ),
    remediation="Remove the sysctl, or set it on nodes that are kept for such pods.",
    references=(
        STANDARDS,
        "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/",
    ),
    mend=drop(
        up=1,
        prune=1,
        says="remove the sysctl",
        breaks="gives the program the node's setting",
        risky=True,
    ),
)
def unsafe_sysctl(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It may weaken the kernel or take memory and queues from other pods of the node.

    Nodes that do not allow for it refuse to start the pod.
    """
    listed = pod.security.items_of("sysctls")
    for index, each in enumerate(listed):
        name = each.text("name") if isinstance(each, Map) else ""
        is_safe = _SAFE.get(name, NEWEST + 1) <= pod.version
        if isinstance(each, Map) and name and not is_safe:
            at = f"{pod.at}.securityContext.sysctls[{index}].name"
            yield subject.tell(at, f"the pod sets the sysctl {name}", each.line_of("name"))
