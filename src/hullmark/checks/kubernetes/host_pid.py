"""Pods in the process namespace of their node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import NO_MORE_OF_THE_NODE
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS
from hullmark.model import Evidence, Severity


@pod_check(
    id="host-pid",
    needs=("hostPID",),
    title="Pod sees the processes of the node",
    severity=Severity.HIGH,
    bad=(
        a_pod(spec="hostPID: true"),
        a_pod(spec="hostPID: true", kind="Deployment"),
    ),
    good=(
        a_pod(),
        a_pod(spec="hostPID: false"),
    ),
    remediation="Remove hostPID from the specification of the pod.",
    references=(STANDARDS,),
    mend=NO_MORE_OF_THE_NODE,
)
def host_pid(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It sees every process of the node, with arguments and environment.

    As root it may kill them, or read their files by way of /proc.
    """
    if pod.spec.flag("hostPID"):
        yield subject.tell(
            f"{pod.at}.hostPID",
            "the pod shares the process namespace of the node",
            pod.spec.line_of("hostPID"),
        )
