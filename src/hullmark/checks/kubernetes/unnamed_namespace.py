"""Workloads that go wherever they are applied."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import POD_PLACES, Object
from hullmark.checks.kube_workloads import is_whole
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


@object_check(
    *POD_PLACES,
    id="unnamed-namespace",
    title="Workload names no namespace",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD,),
    good=(_BAD.replace("name: web", "name: web, namespace: shop", 1),),
    remediation="Name the namespace. Allow this where kustomize, helm or a pipeline sets it.",
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",),
)
def unnamed_namespace(subject: Object) -> Iterator[Evidence]:
    """It lands where whoever applies it happens to be, mostly in default beside all others."""
    if not subject.namespace and is_whole(subject):
        yield subject.tell(
            "metadata.namespace",
            f"{subject.name} names no namespace",
            subject.metadata.line,
        )
