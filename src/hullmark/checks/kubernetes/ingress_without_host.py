"""Ingresses that answer for any name."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_ingress import hosts, is_ingress
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
  - http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: web, port: {number: 80}}}
"""


@object_check(
    "Ingress",
    id="ingress-without-host",
    title="Ingress answers for any host",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("- http:", "- host: www.example.com\n    http:"),),
    remediation="Name the host in every rule.",
    references=(
        "https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource",
    ),
)
def ingress_without_host(subject: Object) -> Iterator[Evidence]:
    """Requests for any name end here, so paths of other teams' hosts can be taken over.

    Forged host headers reach the service, too.
    """
    if not is_ingress(subject):
        return
    for index, rule, host in hosts(subject):
        if not host and rule.map("http"):
            yield subject.tell(f"spec.rules[{index}]", "a rule names no host", rule.line)
