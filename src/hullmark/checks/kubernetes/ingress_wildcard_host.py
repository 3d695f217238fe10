"""Ingresses that answer for every name of a domain."""

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
  - host: "*.example.com"
    http: {paths: []}
"""


@object_check(
    "Ingress",
    id="ingress-wildcard-host",
    title="Ingress answers for a wildcard host",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("*.", "www."),),
    remediation="Name each host that the ingress serves.",
    references=(
        "https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards",
    ),
)
def ingress_wildcard_host(subject: Object) -> Iterator[Evidence]:
    """It takes the traffic of names that belong to others, or to nobody yet."""
    if not is_ingress(subject):
        return
    for index, rule, host in hosts(subject):
        if host.startswith("*"):
            yield subject.tell(
                f"spec.rules[{index}].host", f"serves host {host!r}", rule.line_of("host")
            )
