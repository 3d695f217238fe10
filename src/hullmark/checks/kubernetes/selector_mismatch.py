"""Workloads that do not select their own pods."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_joins import has_all, labels_of, selects
from hullmark.checks.kube_workloads import is_whole
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: wbe}}
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""
_OLD = """\
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  selector: {app: web}
  template:
    metadata: {labels: {name: web}}
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


@object_check(
    *("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"),
    id="selector-mismatch",
    title="Selector does not match the labels of its pods",
    severity=Severity.LOW,
    bad=(_BAD, _OLD),
    good=(
        _BAD.replace("wbe", "web, tier: front"),
        _BAD.replace("matchLabels: {app: web}", "matchExpressions: [{key: app, operator: Exists}]"),
        _OLD.replace("name: web}}", "app: web}}"),
    ),
    remediation="Give the template every label that the selector asks for.",
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/",),
)
def selector_mismatch(subject: Object) -> Iterator[Evidence]:
    """The cluster rejects the workload: it does not start, or stays on its old version."""
    selector, labels = subject.spec.map("selector"), labels_of(subject)
    if labels is None or not selector or not is_whole(subject):
        return
    is_flat = subject.kind == "ReplicationController"
    if not (has_all(labels, selector) if is_flat else selects(selector, labels)):
        yield subject.tell(
            "spec.selector",
            f"the selector of {subject.name} does not match the labels of its template",
            subject.spec.line_of("selector"),
        )
