"""Privileged containers that see the processes of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS, called
from hullmark.model import Evidence, Severity


@pod_check(
    id="privileged-with-host-pid",
    needs=("privileged",),
    title="Privileged container sees the processes of the node",
    severity=Severity.CRITICAL,
    bad=(
        a_pod("securityContext: {privileged: true}", "hostPID: true"),
        a_pod("securityContext: {privileged: true}", "hostPID: true", kind="DaemonSet"),
    ),
    good=(
        a_pod("securityContext: {privileged: true}"),
        a_pod(spec="hostPID: true"),
    ),
    remediation=(
        "Remove hostPID and privileged; what must be done on nodes belongs into how nodes are set "
        "up."
    ),
    references=(
        STANDARDS,
        "https://man7.org/linux/man-pages/man1/nsenter.1.html",
    ),
    mend=put(
        value=False,
        says="set privileged to false",
        breaks="takes devices and capabilities away that the program may need",
        risky=True,
    ),
)
def privileged_with_host_pid(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """One command, nsenter to process 1, gives a shell of root on the node.

    It is the usual pod by which attackers go from a right to create pods to the whole cluster.
    """
    if not pod.spec.flag("hostPID"):
        return
    for each in pod.containers():
        if each.security.flag("privileged"):
            yield subject.tell(
                f"{each.at}.securityContext.privileged",
                f"{called(each)} is privileged in the process namespace of the node",
                each.security.line_of("privileged"),
            )
