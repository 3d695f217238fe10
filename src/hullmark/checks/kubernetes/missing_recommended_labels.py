"""Workloads that do not say what application they belong to."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import named_label
from hullmark.checks.kube_workloads import is_whole
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_NAMES = ("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/part-of")

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {team: shop}}
spec:
  template:
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


_LABELLED = "template:\n    metadata: {labels: {app.kubernetes.io/name: web}}\n"


@pod_check(
    id="missing-recommended-labels",
    title="Workload lacks the recommended labels",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(
        _BAD.replace("team", "app.kubernetes.io/name"),
        _BAD.replace("template:\n", _LABELLED),
    ),
    remediation="Add the label app.kubernetes.io/name, and instance, version and part-of.",
    references=(
        "https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/",
    ),
    mend=by(named_label, says="label it by its own name"),
)
def missing_recommended_labels(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever looks into an incident can not tell whose it is; policies can not select it."""
    own, of_pods = subject.metadata.map("labels"), pod.metadata.map("labels")
    if is_whole(subject) and not any(name in own or name in of_pods for name in _NAMES):
        yield subject.tell(
            "metadata.labels",
            f"{subject.name} has no label {_NAMES[0]}",
            subject.metadata.line_of("labels"),
        )
