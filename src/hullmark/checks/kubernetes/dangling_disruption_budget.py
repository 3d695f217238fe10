"""Budgets that protect nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_joins import makers
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: wbe}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


@bundle_check(
    id="dangling-disruption-budget",
    title="PodDisruptionBudget selects no pods",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace("wbe", "web"),
        _BAD.partition("---")[0],
        _BAD.replace("matchLabels: {app: wbe}", "matchExpressions: [{key: app, operator: Exists}]"),
    ),
    remediation="Select labels that the template of the workload has.",
    references=("https://kubernetes.io/docs/tasks/run-application/configure-pdb/",),
)
def dangling_disruption_budget(bundle: Bundle) -> Iterator[Evidence]:
    """The workload that was meant may lose all of its pods when nodes are drained."""
    among = makers(bundle)
    for each in bundle.of("PodDisruptionBudget"):
        selector = each.spec.map("selector")
        if not selector or not bundle.is_known(each) or any(among.selected(each, selector)):
            continue
        if any(among.sharing(each)):
            yield each.tell(
                "spec.selector",
                f"no workload has the labels that {each.name} selects",
                each.spec.line_of("selector"),
            )
