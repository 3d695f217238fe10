"""Pods whose containers see each other."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import a_pod
from hullmark.model import Evidence, Severity


@pod_check(
    id="shared-process-namespace",
    needs=("shareProcessNamespace",),
    title="Containers of the pod share a process namespace",
    severity=Severity.LOW,
    bad=(
        a_pod(spec="shareProcessNamespace: true"),
        a_pod(spec="shareProcessNamespace: true", kind="Deployment"),
    ),
    good=(
        a_pod(spec="shareProcessNamespace: false"),
        a_pod(),
    ),
    remediation=(
        "Remove shareProcessNamespace, and debug by ephemeral containers that target one container."
    ),
    references=(
        "https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/",
    ),
    mend=drop(
        says="remove it", breaks="hides the processes of containers from each other", risky=True
    ),
)
def shared_process_namespace(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Each container reads the environment and files of the others by way of /proc.

    Secrets of a sidecar are among them; it can stop the others too.
    """
    if pod.spec.flag("shareProcessNamespace"):
        yield subject.tell(
            f"{pod.at}.shareProcessNamespace",
            "the containers of the pod share one process namespace",
            pod.spec.line_of("shareProcessNamespace"),
        )
