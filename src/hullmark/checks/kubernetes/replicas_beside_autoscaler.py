"""Numbers of replicas that two sides decide."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_workloads import REPLICATED, autoscaled
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
"""


@bundle_check(
    id="replicas-beside-autoscaler",
    title="Manifest sets replicas that an autoscaler decides",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("  replicas: 2\n", "  paused: false\n"), _BAD.partition("---\n")[2]),
    remediation="Leave replicas out of the workload that is scaled.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",
    ),
    mend=drop(
        says="leave the number to the autoscaler",
        breaks="starts with one until that looks",
        risky=True,
    ),
)
def replicas_beside_autoscaler(bundle: Bundle) -> Iterator[Evidence]:
    """Every time the manifest is applied under load, it stops the pods that the load needs."""
    is_scaled = autoscaled(bundle)
    for each in bundle.of(*REPLICATED):
        if each.spec.number("replicas") is not None and is_scaled(each):
            yield each.tell(
                "spec.replicas",
                f"{each.name} sets replicas, which an autoscaler decides",
                each.spec.line_of("replicas"),
            )
