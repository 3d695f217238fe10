"""Autoscalers of nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_workloads import beside, held_to_bound, targets
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe}
  minReplicas: 2
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {}
"""


@bundle_check(
    id="dangling-autoscaler",
    title="Autoscaler names a workload that the file does not have",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(_BAD.replace("wbe", "web"), _BAD.partition("---")[0]),
    remediation="Name the workload in scaleTargetRef as it is called, or remove the autoscaler.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",
    ),
)
def dangling_autoscaler(bundle: Bundle) -> Iterator[Evidence]:
    """The workload that was meant does not grow under load: a flood of requests ends it."""
    held_to_bound(bundle)
    for each in bundle.of("HorizontalPodAutoscaler"):
        target = each.spec.map("scaleTargetRef")
        like = [one for one in bundle.of(target.text("kind")) if beside(each, one)]
        if like and not any(targets(each, one) for one in like):
            yield each.tell(
                "spec.scaleTargetRef.name",
                f"{each.name} scales {target.text('kind')} {target.text('name')!r}, which this "
                "file does not have",
                target.line_of("name"),
            )
