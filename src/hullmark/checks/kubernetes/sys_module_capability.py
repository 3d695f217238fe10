"""Containers that may load kernel modules."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CAPABILITIES, STANDARDS, adding
from hullmark.model import Evidence, Severity


@pod_check(
    id="sys-module-capability",
    needs=("add",),
    title="Container may load kernel modules",
    severity=Severity.CRITICAL,
    bad=(
        a_pod("securityContext: {capabilities: {add: [SYS_MODULE]}}"),
        a_pod("securityContext: {capabilities: {add: [CAP_SYS_MODULE]}}", kind="DaemonSet"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [SYS_MODULE]}}"),
        a_pod(),
    ),
    remediation="Remove SYS_MODULE, and let the node load the modules before pods start.",
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=DROPPED_CAPABILITY,
)
def sys_module_capability(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever breaks into it loads a kernel module of their own, and owns the node."""
    yield from adding(subject, pod, "SYS_MODULE")
