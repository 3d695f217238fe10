"""Network policies that let everything out."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import NETWORK_GROUPS, is_open_rule
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - {}
"""


@object_check(
    "NetworkPolicy",
    id="network-policy-allows-all-egress",
    title="Network policy allows all egress",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(
        _BAD.replace("- {}", "- {to: [{podSelector: {app: db}}]}"),
        _BAD.replace("- {}", "- {ports: [{port: 53, protocol: UDP}]}"),
        _BAD.replace("  egress:\n  - {}\n", ""),
    ),
    remediation="Name the pods, namespaces or networks that may be reached, and the ports.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def network_policy_allows_all_egress(subject: Object) -> Iterator[Evidence]:
    """A pod that is taken over can send data anywhere, and ask the cloud for credentials."""
    if subject.group not in NETWORK_GROUPS:
        return
    rules = subject.spec.items_of("egress")
    for index, rule in enumerate(rules):
        if is_open_rule(rule, "to"):
            yield subject.tell(
                f"spec.egress[{index}]",
                "a rule without peers and ports allows all egress",
                rules.line_of(index),
            )
