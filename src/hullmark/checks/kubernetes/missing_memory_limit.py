"""Containers that may use all memory of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_quantities import LIMITS, MEMORY, lacking, line_of_lack
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
            resources: {requests: {memory: 64Mi}, limits: {cpu: "1"}}
"""


@pod_check(
    id="missing-memory-limit",
    title="Container has no memory limit",
    severity=Severity.MEDIUM,
    bad=(_BAD, _OTHER),
    good=(
        _BAD + "    resources: {limits: {memory: 64Mi}}\n",
        _BAD + "  resources: {limits: {memory: 64Mi}}\n",
    ),
    remediation="Set resources.limits.memory a little above what the container needs at most.",
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
def missing_memory_limit(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """A leak, or an attacker who makes it allocate, takes the node's memory from other pods."""
    for each in lacking(pod, LIMITS, MEMORY):
        yield subject.tell(
            f"{each.at}.resources.{LIMITS}.{MEMORY}",
            f"container {each.name!r} has no memory limit",
            line_of_lack(each, LIMITS),
        )
