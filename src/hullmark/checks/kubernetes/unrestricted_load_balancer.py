"""Load balancers that accept everybody."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import is_everywhere, is_internal
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: LoadBalancer
  selector: {app: web}
  ports:
  - {port: 443}
"""
_RANGES = f"{_BAD}  loadBalancerSourceRanges: [0.0.0.0/0]\n"
_INTERNAL = """\
{name: web, annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internal}}"""

_LIMITING = (
    "service.beta.kubernetes.io/load-balancer-source-ranges",
    "service.beta.kubernetes.io/azure-allowed-ip-ranges",
    "service.beta.kubernetes.io/azure-allowed-service-tags",
    "service.beta.kubernetes.io/aws-load-balancer-security-groups",
    "service.beta.kubernetes.io/do-loadbalancer-allow-rules",
)
"""Annotations by which load balancers of clouds limit who may reach them."""


@object_check(
    "Service",
    id="unrestricted-load-balancer",
    title="Load balancer accepts all addresses",
    severity=Severity.MEDIUM,
    bad=(_BAD, _RANGES),
    good=(
        _RANGES.replace("0.0.0.0/0", "198.51.100.0/24"),
        _BAD.replace("{name: web}", _INTERNAL),
        _BAD.replace("LoadBalancer", "ClusterIP"),
    ),
    remediation=(
        "Name the networks of the clients in loadBalancerSourceRanges, or make the load balancer "
        "an internal one by the annotation of your cloud."
    ),
    references=("https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",),
)
def unrestricted_load_balancer(subject: Object) -> Iterator[Evidence]:
    """The service stands on the internet for everybody who scans it.

    A fault in it can be used from anywhere at once.
    """
    spec = subject.spec
    if subject.group or spec.text("type") != "LoadBalancer" or is_internal(subject):
        return
    ranges = spec.texts("loadBalancerSourceRanges")
    notes = subject.metadata.map("annotations")
    if any(is_everywhere(each) for each in ranges):
        yield subject.tell(
            "spec.loadBalancerSourceRanges",
            "the load balancer's source ranges hold all addresses",
            spec.line_of("loadBalancerSourceRanges"),
        )
    elif not ranges and not any(notes.text(each) for each in _LIMITING):
        yield subject.tell(
            "spec.type",
            "the load balancer is not internal and names no source ranges",
            spec.line_of("type"),
        )
