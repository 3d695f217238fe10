"""Pods in the IPC namespace of their node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import NO_MORE_OF_THE_NODE
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS
from hullmark.model import Evidence, Severity


@pod_check(
    id="host-ipc",
    needs=("hostIPC",),
    title="Pod shares the IPC namespace of the node",
    severity=Severity.HIGH,
    bad=(
        a_pod(spec="hostIPC: true"),
        a_pod(spec="hostIPC: true", kind="CronJob"),
    ),
    good=(
        a_pod(),
        a_pod(spec="hostIPC: false"),
    ),
    remediation="Remove hostIPC from the specification of the pod.",
    references=(STANDARDS,),
    mend=NO_MORE_OF_THE_NODE,
)
def host_ipc(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It reads and changes the shared memory and message queues of the node's processes.

    Those of other pods that share the namespace as well, databases among them.
    """
    if pod.spec.flag("hostIPC"):
        yield subject.tell(
            f"{pod.at}.hostIPC",
            "the pod shares the IPC namespace of the node",
            pod.spec.line_of("hostIPC"),
        )
