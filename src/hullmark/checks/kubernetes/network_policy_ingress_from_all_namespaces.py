"""Network policies that let in all namespaces."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import NETWORK_GROUPS, is_empty_selector, policy_peers
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress]
  ingress:
  - from:
    - namespaceSelector: {}
"""


@object_check(
    "NetworkPolicy",
    id="network-policy-ingress-from-all-namespaces",
    title="Network policy allows ingress from all namespaces",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("Selector: {}", "Selector: {matchLabels: {}}\n      podSelector: {}")),
    good=(
        _BAD.replace("Selector: {}", "Selector: {matchLabels: {team: web}}"),
        _BAD.replace("Selector: {}", "Selector: {}\n      podSelector: {matchLabels: {app: web}}"),
    ),
    remediation="Select the namespaces by kubernetes.io/metadata.name, or the pods by a label.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def network_policy_ingress_from_all_namespaces(subject: Object) -> Iterator[Evidence]:
    """Any pod of any team may connect, so whoever takes over one of them reaches these."""
    if subject.group not in NETWORK_GROUPS:
        return
    for _, peer, at in policy_peers(subject, "ingress", "from"):
        pods_too = "podSelector" not in peer or is_empty_selector(peer, "podSelector")
        if is_empty_selector(peer, "namespaceSelector") and pods_too:
            yield subject.tell(
                f"{at}.namespaceSelector",
                "allows ingress from all pods of all namespaces",
                peer.line_of("namespaceSelector"),
            )
