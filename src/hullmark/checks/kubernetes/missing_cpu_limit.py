"""Containers that may use all CPU of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_quantities import CPU, LIMITS, lacking, line_of_lack
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
"""
_OTHER = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: tidy}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
          - name: init
            image: registry.example/init:1.0.0
            resources: {requests: {cpu: 100m}, limits: {memory: 64Mi}}
"""


@pod_check(
    id="missing-cpu-limit",
    title="Container has no CPU limit",
    severity=Severity.LOW,
    bad=(_BAD, _OTHER),
    good=(
        _BAD + "    resources: {limits: {cpu: 500m}}\n",
        _BAD + "  resources: {limits: {cpu: 500m}}\n",
    ),
    remediation=("Set resources.limits.cpu, or allow this where requests protect the neighbours."),
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
def missing_cpu_limit(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """A loop, a flood of requests or a planted miner takes all idle CPU of the node."""
    for each in lacking(pod, LIMITS, CPU):
        yield subject.tell(
            f"{each.at}.resources.{LIMITS}.{CPU}",
            f"container {each.name!r} has no CPU limit",
            line_of_lack(each, LIMITS),
        )
