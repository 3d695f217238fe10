"""Autoscalers of nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_joins import Named, Spaces
from hullmark.checks.kube_workloads import target_of
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
    title="Autoscaler names a workload that is not there",
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
    named = Named(bundle, *bundle.kinds())
    spaces: dict[str, Spaces] = {}
    for each in bundle.of("HorizontalPodAutoscaler"):
        kind, name = target_of(each)
        if not name or not bundle.is_known(each) or any(named.find(each, kind, name)):
            continue
        like = spaces.setdefault(kind, Spaces(bundle, bundle.of(kind)))
        if any(like.sharing(each, evident=True)):
            yield each.tell(
                "spec.scaleTargetRef.name",
                f"{each.name} scales {kind} {name!r}, which is nowhere among the manifests",
                each.spec.map("scaleTargetRef").line_of("name"),
            )
