"""Containers that may change how the network works."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CAPABILITIES, STANDARDS, adding
from hullmark.model import Evidence, Severity


@pod_check(
    id="net-admin-capability",
    needs=("add",),
    title="Container may reconfigure the network",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("securityContext: {capabilities: {add: [NET_ADMIN]}}"),
        a_pod("securityContext: {capabilities: {add: [CAP_NET_ADMIN]}}", kind="DaemonSet"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [NET_ADMIN]}}"),
        a_pod(),
    ),
    remediation=(
        "Remove NET_ADMIN, and leave routes and filters to the network plugin of the cluster."
    ),
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=DROPPED_CAPABILITY,
)
def net_admin_capability(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It changes addresses, routes and packet filters.

    Policies enforced in the pod no longer hold, and where the pod shares the network of the node it
    changes that of all.
    """
    yield from adding(subject, pod, "NET_ADMIN")
