"""Autoscalers by a share of what is not requested."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_joins import Named
from hullmark.checks.kube_quantities import CPU, MEMORY, REQUESTS, lacking
from hullmark.checks.kube_workloads import is_whole, target_of
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  metrics:
  - type: Resource
    resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - name: web
        image: registry.example/web:1.4.2
        resources: {requests: {memory: 64Mi}}
"""


@bundle_check(
    id="autoscaler-without-requests",
    title="Autoscaler measures a request that its workload does not make",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(
        _BAD.replace("memory: 64Mi", "cpu: 100m"),
        _BAD.replace("name: web}\n  min", "name: other}\n  min"),
        _BAD.replace("averageUtilization: 70", "averageValue: 500m"),
    ),
    remediation="Set the request of the resource in every container of the workload.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",
    ),
)
def autoscaler_without_requests(bundle: Bundle) -> Iterator[Evidence]:
    """It has nothing to take a share of, so it never scales: a flood of requests ends it."""
    named = Named(bundle, *bundle.kinds())
    for each in bundle.of("HorizontalPodAutoscaler"):
        for resource in _measured(each):
            for one in named.find(each, *target_of(each), evident=True):
                if one.pod is None or not is_whole(one):
                    continue
                names = sorted(
                    repr(container.name)
                    for container in lacking(one.pod, REQUESTS, resource)
                    if container.role == "containers"
                )
                if names:
                    yield each.tell(
                        f"spec.metrics {resource}",
                        f"{each.name} measures {resource}, of which containers of {one.name} "
                        f"request none: {', '.join(names)}",
                        each.spec.line_of("metrics"),
                    )


def _measured(autoscaler: Object) -> list[str]:
    """Resources whose use it compares with their request."""
    shares = {
        each.map("resource").text("name")
        for each in autoscaler.spec.maps("metrics")
        if "averageUtilization" in each.map("resource").map("target")
    }
    if "targetCPUUtilizationPercentage" in autoscaler.spec:
        shares.add(CPU)
    return sorted(shares & {CPU, MEMORY})
