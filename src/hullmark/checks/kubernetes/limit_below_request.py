"""Containers that are promised more than they may use."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_quantities import CPU, LIMITS, MEMORY, REQUESTS, given, quantity
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    resources:
      requests: {cpu: 500m, memory: 1Gi}
      limits: {cpu: 0.25, memory: 900M}
"""


@pod_check(
    id="limit-below-request",
    needs=("limits",),
    title="Limit is below the request",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("0.25", "0.5").replace("900M", "1Gi"), _BAD.replace("requests", "other")),
    remediation="Raise the limit to the request at least, or lower the request.",
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
    left="how much is for people to say",
)
def limit_below_request(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The cluster rejects such a pod: the workload does not start, or stays on its old version."""
    for each in pod.containers():
        for resource in (CPU, MEMORY):
            wanted, most = given(each, REQUESTS, resource), given(each, LIMITS, resource)
            request, limit = quantity(wanted), quantity(most)
            if request is not None and limit is not None and limit < request:
                limits = each.body.map("resources").map(LIMITS)
                yield subject.tell(
                    f"{each.at}.resources.{LIMITS}.{resource}",
                    f"container {each.name!r} requests {resource} of {wanted}, more than its "
                    f"limit of {most}",
                    limits.line_of(resource),
                )
