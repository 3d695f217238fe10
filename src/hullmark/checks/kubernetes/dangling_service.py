"""Services without pods."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_joins import makers
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: website}}
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


@bundle_check(
    id="dangling-service",
    title="Service selects no pods",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace("website", "web"),
        _BAD.partition("---")[0],
        _BAD.replace(
            "Deployment\nmetadata: {name: web", "Deployment\nmetadata: {namespace: b"
        ).replace("Service\nmetadata: {", "Service\nmetadata: {namespace: a, "),
        _BAD.replace("  selector: {app: web}\n", ""),
    ),
    remediation="Select labels that the template of the workload has, or remove the service.",
    references=("https://kubernetes.io/docs/concepts/services-networking/service/",),
)
def dangling_service(bundle: Bundle) -> Iterator[Evidence]:
    """Requests go nowhere, and whoever may label a pod can have them come to it."""
    among = makers(bundle)
    for each in bundle.of("Service"):
        selector = each.spec.map("selector")
        if not selector or each.group or not bundle.is_known(each):
            continue
        if not any(among.with_labels(each, selector)) and any(among.sharing(each)):
            yield each.tell(
                "spec.selector",
                f"no workload has the labels that {each.name} selects",
                each.spec.line_of("selector"),
            )
