"""Network policies that open ranges of ports."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import NETWORK_GROUPS
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
  - from: [{podSelector: {}}]
    ports:
    - {port: 1, endPort: 65535}
"""
_WIDE = 1000
"""Ours: passive FTP, SIP and the like need fewer ports than that."""


@object_check(
    "NetworkPolicy",
    id="network-policy-wide-port-range",
    title="Network policy opens a wide range of ports",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("ingress:", "egress:").replace("port: 1,", "port: 30000,")),
    good=(_BAD.replace("65535", "10"), _BAD.replace("1, endPort: 65535", "8080")),
    remediation="Name the ports that are needed.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def network_policy_wide_port_range(subject: Object) -> Iterator[Evidence]:
    """Ports that nobody thought of are open, too: debuggers, metrics, sidecars' consoles."""
    if subject.group not in NETWORK_GROUPS:
        return
    for way in ("ingress", "egress"):
        for number, rule in enumerate(subject.spec.items_of(way)):
            for index, port in enumerate(rule.items_of("ports") if isinstance(rule, Map) else ()):
                if not isinstance(port, Map):
                    continue
                first, last = port.number("port"), port.number("endPort")
                if first is not None and last is not None and last - first >= _WIDE:
                    yield subject.tell(
                        f"spec.{way}[{number}].ports[{index}]",
                        f"allows {way} at all ports from {first} to {last}",
                        port.line_of("endPort"),
                    )
