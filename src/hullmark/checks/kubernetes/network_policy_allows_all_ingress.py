"""Network policies that let everything in."""

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
  policyTypes: [Ingress]
  ingress:
  - {}
"""


@object_check(
    "NetworkPolicy",
    id="network-policy-allows-all-ingress",
    title="Network policy allows all ingress",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("- {}", "- {from: []}")),
    good=(
        _BAD.replace("- {}", "- {from: [{podSelector: {}}]}"),
        _BAD.replace("- {}", "- {ports: [{port: 8080}]}"),
        _BAD.replace("  ingress:\n  - {}\n", ""),
        _BAD.replace("networking.k8s.io/v1", "crd.projectcalico.org/v1"),
    ),
    remediation="Name the pods, namespaces or networks that may connect, and the ports.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def network_policy_allows_all_ingress(subject: Object) -> Iterator[Evidence]:
    """Policies add up, so one that lets everything in undoes all others for the same pods.

    Any pod that is taken over can then attack these.
    """
    if subject.group not in NETWORK_GROUPS:
        return
    rules = subject.spec.items_of("ingress")
    for index, rule in enumerate(rules):
        if is_open_rule(rule, "from"):
            yield subject.tell(
                f"spec.ingress[{index}]",
                "a rule without peers and ports allows all ingress",
                rules.line_of(index),
            )
