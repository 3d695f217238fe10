"""Deployments that stop all of their pods to update them."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_workloads import replicas
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy: {type: Recreate}
"""


@object_check(
    "Deployment",
    id="recreate-strategy",
    title="Update stops all replicas before it starts new ones",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("Recreate", "RollingUpdate"), _BAD.replace("replicas: 3", "replicas: 1")),
    remediation="Use the strategy RollingUpdate.",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy",),
)
def recreate_strategy(subject: Object) -> Iterator[Evidence]:
    """Every update is an outage, which lasts as long as the new version does not start."""
    strategy = subject.spec.map("strategy")
    if strategy.text("type") == "Recreate" and replicas(subject) > 1:
        yield subject.tell(
            "spec.strategy.type",
            f"{subject.name} has {replicas(subject)} replicas and the strategy Recreate",
            strategy.line_of("type"),
        )
