"""Pods that are killed without warning."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  terminationGracePeriodSeconds: 0
  containers: [{name: db, image: "registry.example/db:16.4"}]
"""


@pod_check(
    id="zero-termination-grace",
    needs=("terminationGracePeriodSeconds",),
    title="Pod is killed without time to end",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace(": 0", ": 30"), _BAD.replace("  terminationGracePeriodSeconds: 0\n", "")),
    remediation="Leave terminationGracePeriodSeconds out, or set it to what the shutdown takes.",
    references=("https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/",),
    mend=drop(says="leave it the usual 30 seconds"),
)
def zero_termination_grace(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Requests break off and data that was not yet written is lost at every update.

    Of a StatefulSet, a second pod may start while the first still writes.
    """
    if pod.spec.number("terminationGracePeriodSeconds") == 0:
        yield subject.tell(
            f"{pod.at}.terminationGracePeriodSeconds",
            f"pods of {subject.name} are killed at once",
            pod.spec.line_of("terminationGracePeriodSeconds"),
        )
