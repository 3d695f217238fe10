"""Ingresses to services that are not there."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_ingress import backends, is_ingress
from hullmark.checks.kube_joins import Named, Spaces
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [shop.example.com], secretName: web}]
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: wbe, port: {number: 80}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
"""


@bundle_check(
    id="dangling-ingress",
    title="Ingress leads to a service that is not there",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD.replace("service: {name: wbe, port: {number: 80}}", "serviceName: wbe")),
    good=(
        _BAD.replace("wbe", "web"),
        _BAD.partition("---")[0],
        _BAD.replace(
            "v1\nkind: Service\nmetadata: {", "v1\nkind: Service\nmetadata: {namespace: b, "
        ),
    ),
    remediation="Name the service as it is called, or remove the path.",
    references=("https://kubernetes.io/docs/concepts/services-networking/ingress/",),
)
def dangling_ingress(bundle: Bundle) -> Iterator[Evidence]:
    """The host answers with errors, and whoever may create a service of that name answers for it.

    Told where other services of the namespace are declared and this one is nowhere.
    """
    services = Named(bundle, "Service")
    spaces = Spaces(bundle, bundle.of("Service"))
    for each in bundle.of("Ingress"):
        if not is_ingress(each) or not bundle.is_known(each):
            continue
        for name, at, line in backends(each):
            if any(services.find(each, "Service", name)):
                continue
            if any(spaces.sharing(each, evident=True)):
                yield each.tell(at, f"there is no service {name!r} in its namespace", line)
