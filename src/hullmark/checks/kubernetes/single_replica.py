"""Deployments of one pod."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_workloads import autoscaled, is_whole, replicas
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  template:
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""
_AUTOSCALED = (
    _BAD
    + """\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
"""
)


@bundle_check(
    id="single-replica",
    title="Deployment runs a single replica",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD.replace("  replicas: 1\n", "")),
    good=(_BAD.replace("s: 1", "s: 3"), _BAD.replace("s: 1", "s: 0"), _AUTOSCALED),
    remediation="Run two replicas at least, or have an autoscaler keep as many.",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/",),
)
def single_replica(bundle: Bundle) -> Iterator[Evidence]:
    """Every crash, every drained node and every eviction is an outage of the service."""
    is_scaled = autoscaled(bundle, evident=False)
    for each in bundle.of("Deployment"):
        if is_whole(each) and replicas(each) == 1 and not is_scaled(each):
            yield each.tell(
                "spec.replicas",
                f"{each.name} runs a single replica",
                each.spec.line_of("replicas"),
            )
