"""Policies of Calico that let everything through."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import is_everywhere
from hullmark.checks.kube_policies import CALICO
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: open}
spec:
  selector: all()
  types: [Ingress]
  ingress:
  - action: Allow
"""
_LIMITS = ("source", "destination", "protocol", "notProtocol", "http", "icmp", "serviceAccounts")
"""What may limit a rule."""

_SIDES = (("ingress", "source"), ("egress", "destination"))


@object_check(
    "GlobalNetworkPolicy",
    "NetworkPolicy",
    id="calico-policy-allows-everything",
    title="Calico policy allows everything",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace("Allow", "Allow\n    source: {nets: [0.0.0.0/0]}").replace("Global", ""),
    ),
    good=(
        _BAD.replace("Allow", "Deny"),
        _BAD.replace("Allow", "Allow\n    source: {selector: app == 'web'}"),
        _BAD.replace("Allow", "Allow\n    protocol: TCP\n    destination: {ports: [443]}"),
        _BAD.replace("projectcalico.org/v3", "networking.k8s.io/v1").replace("Global", ""),
    ),
    remediation="Name in source or destination who may connect to whom, and the ports.",
    references=("https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy",),
)
def calico_policy_allows_everything(subject: Object) -> Iterator[Evidence]:
    """The first rule that matches decides: all policies of a higher order are never asked."""
    if subject.group not in CALICO:
        return
    for way, side in _SIDES:
        for index, rule in enumerate(subject.spec.items_of(way)):
            if not isinstance(rule, Map) or rule.text("action").lower() != "allow":
                continue
            nets = rule.map(side).texts("nets")
            if not any(rule.get(each) for each in _LIMITS):
                says = f"allows all {way}"
            elif any(is_everywhere(each) for each in nets):
                says = f"allows {way} with all addresses as {side}"
            else:
                continue
            yield subject.tell(f"spec.{way}[{index}]", says, rule.line)
