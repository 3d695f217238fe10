"""Containers that are promised no CPU."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_quantities import CPU, REQUESTS, lacking, line_of_lack
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
            resources: {requests: {memory: 64Mi}}
"""


@pod_check(
    id="missing-cpu-request",
    title="Container requests no CPU",
    severity=Severity.LOW,
    bad=(_BAD, _OTHER),
    good=(
        _BAD + "    resources: {requests: {cpu: 100m}}\n",
        _BAD + "  resources: {requests: {cpu: 100m}}\n",
    ),
    remediation="Set resources.requests.cpu to what the container needs in its usual work.",
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
def missing_cpu_request(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The scheduler counts it as nothing and fills the node: under load it starves first."""
    for each in lacking(pod, REQUESTS, CPU):
        yield subject.tell(
            f"{each.at}.resources.{REQUESTS}.{CPU}",
            f"container {each.name!r} has no CPU request",
            line_of_lack(each, REQUESTS),
        )
