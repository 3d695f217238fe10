"""Policies of Cilium that let everybody in."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import is_everywhere
from hullmark.checks.kube_policies import cilium_ranges, cilium_rules
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web}
spec:
  endpointSelector: {matchLabels: {app: web}}
  ingress:
  - fromEntities: [cluster, world]
"""


@object_check(
    "CiliumNetworkPolicy",
    "CiliumClusterwideNetworkPolicy",
    id="cilium-policy-open-ingress",
    title="Cilium policy allows ingress from everywhere",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("fromEntities: [cluster, world]", "fromCIDR: [0.0.0.0/0]")),
    good=(
        _BAD.replace(", world", ""),
        _BAD.replace("fromEntities: [cluster, world]", "fromCIDRSet: [{cidr: 10.0.0.0/8}]"),
        _BAD.replace("ingress", "ingressDeny"),
    ),
    remediation="Name the endpoints or networks that may connect.",
    references=("https://docs.cilium.io/en/stable/security/policy/language/",),
)
def cilium_policy_open_ingress(subject: Object) -> Iterator[Evidence]:
    """Everybody on the network, or on the internet, may connect to the endpoints."""
    for rule, at in cilium_rules(subject, "ingress"):
        for word in ("all", "world"):
            if word in rule.texts("fromEntities"):
                yield subject.tell(
                    f"{at}.fromEntities",
                    f"allows ingress from the entity {word!r}",
                    rule.line_of("fromEntities"),
                )
                break
        for cidr, place, line in cilium_ranges(rule, "fromCIDR"):
            if is_everywhere(cidr):
                yield subject.tell(f"{at}.{place}", f"allows ingress from {cidr}", line)
