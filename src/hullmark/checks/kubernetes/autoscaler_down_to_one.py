"""Autoscalers that leave a single pod."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  minReplicas: 1
  maxReplicas: 10
"""


@object_check(
    "HorizontalPodAutoscaler",
    id="autoscaler-down-to-one",
    title="Autoscaler may leave a single replica",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("  minReplicas: 1\n", "")),
    good=(_BAD.replace("minReplicas: 1", "minReplicas: 2"), _BAD.replace("s: 1\n", "s: 0\n")),
    remediation="Set minReplicas to 2 at least.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",
    ),
)
def autoscaler_down_to_one(subject: Object) -> Iterator[Evidence]:
    """In quiet hours every crash, drained node and eviction is an outage of the service."""
    least = subject.spec.number("minReplicas")
    by_default = "minReplicas" not in subject.spec and "maxReplicas" in subject.spec
    if least == 1 or by_default:
        says = "minReplicas 1" if least else "no minReplicas, which means 1"
        yield subject.tell(
            "spec.minReplicas",
            f"{subject.name} has {says}",
            subject.spec.line_of("minReplicas"),
        )
