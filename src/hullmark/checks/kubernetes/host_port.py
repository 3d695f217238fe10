"""Containers that listen on ports of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS, called
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map


@pod_check(
    id="host-port",
    needs=("hostPort",),
    title="Container takes a port of the node",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("ports:\n- {containerPort: 8080, hostPort: 80}"),
        a_pod(
            "ports:\n- {containerPort: 9100}\n- {containerPort: 53, hostPort: 53, protocol: UDP}",
            kind="DaemonSet",
        ),
    ),
    good=(
        a_pod("ports:\n- {containerPort: 8080}"),
        a_pod("ports:\n- {containerPort: 8080, hostPort: 0}"),
    ),
    remediation="Remove hostPort, and publish the port by a service.",
    references=(STANDARDS,),
    mend=drop(
        says="remove the port of the node",
        breaks="cuts off who comes by the node's address",
        risky=True,
    ),
)
def host_port(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The port is open on the addresses of the node to whoever reaches those.

    It goes past services and many network policies, and only one such pod fits on a node.
    """
    for each in pod.containers():
        for index, port in enumerate(each.body.items_of("ports")):
            number = port.number("hostPort") if isinstance(port, Map) else None
            if isinstance(port, Map) and number:
                says = f"{called(each)} takes port {number} of the node"
                at = f"{each.at}.ports[{index}].hostPort"
                yield subject.tell(at, says, port.line_of("hostPort"))
