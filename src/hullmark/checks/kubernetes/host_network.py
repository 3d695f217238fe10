"""Pods in the network namespace of their node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import NO_MORE_OF_THE_NODE
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS
from hullmark.model import Evidence, Severity


@pod_check(
    id="host-network",
    needs=("hostNetwork",),
    title="Pod shares the network of the node",
    severity=Severity.HIGH,
    bad=(
        a_pod(spec="hostNetwork: true"),
        a_pod(spec="hostNetwork: true", kind="DaemonSet"),
    ),
    good=(
        a_pod(),
        a_pod(spec="hostNetwork: false"),
    ),
    remediation="Remove hostNetwork from the specification of the pod.",
    references=(STANDARDS,),
    mend=NO_MORE_OF_THE_NODE,
)
def host_network(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It reaches the services that trust the node, as the metadata of a cloud.

    It listens on the addresses of the node and sees the traffic of its interfaces; network policies
    do not hold for it.
    """
    if pod.spec.flag("hostNetwork"):
        yield subject.tell(
            f"{pod.at}.hostNetwork",
            "the pod shares the network of the node",
            pod.spec.line_of("hostNetwork"),
        )
