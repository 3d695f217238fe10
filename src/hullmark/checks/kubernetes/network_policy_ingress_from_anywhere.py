"""Network policies that let in all addresses."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import NETWORK_GROUPS, is_everywhere, policy_peers
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress:
  - from:
    - ipBlock: {cidr: 0.0.0.0/0}
    ports: [{port: 8080}]
"""


@object_check(
    "NetworkPolicy",
    id="network-policy-ingress-from-anywhere",
    title="Network policy allows ingress from all addresses",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("0.0.0.0/0", '"::/0"')),
    good=(
        _BAD.replace("0.0.0.0/0", "10.0.0.0/8"),
        _BAD.replace("0.0.0.0/0", "0.0.0.0/0, except: [10.0.0.0/8]"),
    ),
    remediation="Name the networks of the clients, or the pods of the ingress controller.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def network_policy_ingress_from_anywhere(subject: Object) -> Iterator[Evidence]:
    """Every pod of the cluster and every address outside may connect: nothing is isolated."""
    if subject.group not in NETWORK_GROUPS:
        return
    for _, peer, at in policy_peers(subject, "ingress", "from"):
        block = peer.map("ipBlock")
        if is_everywhere(block.text("cidr")) and not block.texts("except"):
            yield subject.tell(
                f"{at}.ipBlock.cidr",
                f"allows ingress from {block.text('cidr')}",
                block.line_of("cidr"),
            )
