"""Containers that are given every capability."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import ALL, CAPABILITIES, STANDARDS, adding
from hullmark.model import Evidence, Severity


@pod_check(
    id="all-capabilities-added",
    needs=("add",),
    title="Container adds all capabilities",
    severity=Severity.CRITICAL,
    bad=(
        a_pod("securityContext: {capabilities: {add: [ALL]}}"),
        a_pod("securityContext: {capabilities: {drop: [ALL], add: [all]}}", kind="Job"),
    ),
    good=(
        a_pod("securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}}"),
        a_pod(),
    ),
    remediation="Drop ALL, and add the capabilities that are needed one by one.",
    references=(
        STANDARDS,
        CAPABILITIES,
    ),
    mend=DROPPED_CAPABILITY,
)
def all_capabilities_added(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever breaks into it takes over the node.

    Among all capabilities are those that load kernel modules and open raw devices.
    """
    yield from adding(subject, pod, ALL)
