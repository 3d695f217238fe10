"""Workloads that a drain may take down as a whole."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_joins import Selectors, labels_of
from hullmark.checks.kube_workloads import REPLICATED, is_whole, replicas
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""
_BUDGET = """\
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
"""


@bundle_check(
    id="missing-pod-disruption-budget",
    title="Replicated workload has no PodDisruptionBudget",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD, _BAD + _BUDGET.replace("app: web", "app: other")),
    good=(_BAD + _BUDGET, _BAD.replace("replicas: 3", "replicas: 1")),
    remediation=(
        "Add a PodDisruptionBudget that selects its pods, with maxUnavailable 1. Allow this where "
        "another tree has it."
    ),
    references=("https://kubernetes.io/docs/tasks/run-application/configure-pdb/",),
)
def missing_pod_disruption_budget(bundle: Bundle) -> Iterator[Evidence]:
    """Drains of nodes, as at upgrades of the cluster, may evict all of its pods at once."""
    budgets = Selectors(
        bundle, ((each, each.spec.map("selector")) for each in bundle.of("PodDisruptionBudget"))
    )
    for each in bundle.of(*REPLICATED):
        labels = labels_of(each)
        if labels is None or replicas(each) <= 1 or not is_whole(each):
            continue
        if bundle.is_known(each) and not any(budgets.of(each, labels)):
            yield each.tell(
                "spec.replicas",
                f"{each.name} has {replicas(each)} replicas, and no PodDisruptionBudget selects "
                "them",
                each.spec.line_of("replicas"),
            )
