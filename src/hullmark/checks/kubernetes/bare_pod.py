"""Pods that nothing brings back."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_workloads import is_dumped, is_whole, runs_on
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""

_STATIC = "kube-system"
"""The namespace of pods that nodes themselves start from files."""


@object_check(
    "Pod",
    id="bare-pod",
    title="Pod has no controller",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(
        _BAD + "  restartPolicy: Never\n",
        _BAD.replace("name: web", "name: etcd, namespace: kube-system", 1),
        _BAD.replace("name: web", "name: web, ownerReferences: [{kind: ReplicaSet}]", 1),
    ),
    remediation="Make it a Deployment, StatefulSet or DaemonSet; a Job where it ends.",
    references=("https://kubernetes.io/docs/concepts/workloads/pods/",),
)
def bare_pod(subject: Object) -> Iterator[Evidence]:
    """When its node fails or is drained, it is gone: nothing starts it anywhere else."""
    metadata = subject.metadata
    owned = metadata.maps("ownerReferences") or "helm.sh/hook" in metadata.map("annotations")
    elsewhere = subject.namespace == _STATIC or is_dumped(subject)
    if is_whole(subject) and runs_on(subject) and not owned and not elsewhere:
        yield subject.tell("", f"{subject.name} has no controller", subject.body.line_of("kind"))
