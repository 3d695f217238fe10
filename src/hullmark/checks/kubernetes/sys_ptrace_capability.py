"""Containers that may read the memory of other processes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CAPABILITIES, STANDARDS, adding
from hullmark.model import Evidence, Severity


@pod_check(
    id="sys-ptrace-capability",
    needs=("add",),
    title="Container may trace other processes",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("securityContext: {capabilities: {add: [SYS_PTRACE]}}"),
        a_pod("securityContext: {capabilities: {add: [CAP_SYS_PTRACE]}}", kind="DaemonSet"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [SYS_PTRACE]}}"),
        a_pod(),
    ),
    remediation="Remove SYS_PTRACE; debug by an ephemeral container where that is needed.",
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=DROPPED_CAPABILITY,
)
def sys_ptrace_capability(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It reads and changes the memory of every process that the container sees.

    Those are the node's or other containers' where they share a process namespace.
    """
    yield from adding(subject, pod, "SYS_PTRACE")
