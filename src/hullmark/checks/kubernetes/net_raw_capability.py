"""Containers that may send packets of any form."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import without_raw_sockets
from hullmark.checks.mending import by
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import CAPABILITIES, STANDARDS, adding
from hullmark.model import Evidence, Severity


@pod_check(
    id="net-raw-capability",
    needs=("add",),
    title="Container adds the capability NET_RAW",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("securityContext: {capabilities: {add: [NET_RAW]}}"),
        a_pod("securityContext: {capabilities: {add: [CAP_NET_RAW]}}", kind="DaemonSet"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [NET_RAW]}}"),
        a_pod(),
    ),
    remediation=(
        "Remove NET_RAW, and use unprivileged ping sockets (net.ipv4.ping_group_range) for ICMP."
    ),
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=by(
        without_raw_sockets,
        says="drop NET_RAW",
        breaks="keeps ping and other raw sockets from working",
        risky=True,
    ),
)
def net_raw_capability(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever breaks into it may forge packets and pretend to be another pod.

    It answers for the name server, and reads what was meant for others.
    """
    yield from adding(subject, pod, "NET_RAW")
