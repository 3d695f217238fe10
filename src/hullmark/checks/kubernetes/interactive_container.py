"""Workloads that keep a terminal or an input open."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import called
from hullmark.model import Evidence, Severity


@pod_check(
    id="interactive-container",
    title="Workload keeps a terminal open",
    severity=Severity.LOW,
    bad=(
        a_pod("stdin: true\ntty: true", kind="Deployment"),
        a_pod("tty: true", kind="CronJob"),
    ),
    good=(
        a_pod("stdin: false", kind="Deployment"),
        a_pod("stdin: true\ntty: true"),
    ),
    remediation=(
        "Remove stdin and tty; kubectl exec and kubectl debug open a terminal where one is needed."
    ),
    references=("https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/",),
    mend=drop(
        says="remove it",
        breaks="ends programs that run as long as their input does, as shells",
        risky=True,
    ),
)
def interactive_container(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever may attach to the pod acts in a shell that waits there for input.

    No program is started then that would be noticed.
    """
    if subject.kind == "Pod":
        return
    for each in pod.containers("containers", "initContainers"):
        for key in ("stdin", "tty"):
            if each.body.flag(key):
                says = f"{called(each)} keeps {key} open"
                yield subject.tell(f"{each.at}.{key}", says, each.body.line_of(key))
