"""Containers with the capability that is nearly root of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CAPABILITIES, STANDARDS, adding
from hullmark.model import Evidence, Severity


@pod_check(
    id="sys-admin-capability",
    needs=("add",),
    title="Container adds the capability SYS_ADMIN",
    severity=Severity.HIGH,
    bad=(
        a_pod("securityContext: {capabilities: {add: [SYS_ADMIN]}}"),
        a_pod("securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}", kind="DaemonSet"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [SYS_ADMIN]}}"),
        a_pod(),
    ),
    remediation=(
        "Remove SYS_ADMIN, and add the narrower capability that the program needs, such as "
        "PERFMON or BPF."
    ),
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=DROPPED_CAPABILITY,
)
def sys_admin_capability(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """By it many published ways lead out of a container to the node.

    It lets mount file systems, enter namespaces and write control groups: it is nearly root of the
    node.
    """
    yield from adding(subject, pod, "SYS_ADMIN")
