"""Budgets that allow no disruption at all."""

from collections.abc import Callable, Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_joins import Makers, makers
from hullmark.checks.kube_quantities import WHOLE, pods_of
from hullmark.checks.kube_workloads import REPLICATED, autoscaled, replicas
from hullmark.model import Evidence, Severity

_MOST, _LEAST = "maxUnavailable", "minAvailable"

_BAD = """\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 0
  selector: {matchLabels: {app: web}}
"""
_WITH = (
    _BAD.replace("maxUnavailable: 0", "minAvailable: 2")
    + """\
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""
)


@bundle_check(
    id="blocking-disruption-budget",
    title="PodDisruptionBudget allows no disruption",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("maxUnavailable: 0", "minAvailable: 100%"), _WITH),
    good=(
        _BAD.replace(": 0", ": 1"),
        _WITH.replace("Available: 2", "Available: 1"),
        _WITH.replace("replicas: 2", "replicas: 3"),
    ),
    remediation="Allow one pod to be unavailable: maxUnavailable 1, with two replicas at least.",
    references=("https://kubernetes.io/docs/tasks/run-application/configure-pdb/",),
)
def blocking_disruption_budget(bundle: Bundle) -> Iterator[Evidence]:
    """Nodes with its pods can not be drained, so upgrades that close holes wait or fail."""
    is_scaled = autoscaled(bundle, evident=False)
    among = makers(bundle)
    for each in bundle.of("PodDisruptionBudget"):
        key, says = _blocked(each, among, is_scaled)
        if key:
            yield each.tell(f"spec.{key}", f"{each.name} has {says}", each.spec.line_of(key))


def _blocked(budget: Object, among: Makers, is_scaled: Callable[[Object], bool]) -> tuple[str, str]:
    """The key that forbids every disruption and what is said of it; empty where none does."""
    spec = budget.spec
    if pods_of(spec, _MOST, WHOLE, up=True) == 0:
        return _MOST, f"{_MOST} {spec.text(_MOST)}"
    least = spec.text(_LEAST)
    if least.endswith("%") and (pods_of(spec, _LEAST, WHOLE, up=True) or 0) >= WHOLE:
        return _LEAST, f"{_LEAST} {least}"
    if not least:
        return "", ""
    for each, _ in among.selected(budget, spec.map("selector"), evident=True):
        if each.kind not in REPLICATED or is_scaled(each):
            continue
        total = replicas(each)
        needed = pods_of(spec, _LEAST, total, up=True)
        if total and needed is not None and needed >= total:
            return (
                _LEAST,
                f"{_LEAST} {least}, and {each.name} has no more than {total} pods",
            )
    return "", ""
