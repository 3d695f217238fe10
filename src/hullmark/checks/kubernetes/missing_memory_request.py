"""Containers that are promised no memory."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_quantities import MEMORY, REQUESTS, lacking, line_of_lack
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
            resources: {requests: {cpu: 100m}}
"""


@pod_check(
    id="missing-memory-request",
    title="Container requests no memory",
    severity=Severity.LOW,
    bad=(_BAD, _OTHER),
    good=(
        _BAD + "    resources: {limits: {memory: 64Mi}}\n",
        _BAD + "  resources: {limits: {memory: 64Mi}}\n",
    ),
    remediation="Set resources.requests.memory to what the container needs in its usual work.",
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
def missing_memory_request(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The scheduler puts it where there is no room, and when memory runs out it is killed first."""
    for each in lacking(pod, REQUESTS, MEMORY):
        yield subject.tell(
            f"{each.at}.resources.{REQUESTS}.{MEMORY}",
            f"container {each.name!r} has no memory request",
            line_of_lack(each, REQUESTS),
        )
