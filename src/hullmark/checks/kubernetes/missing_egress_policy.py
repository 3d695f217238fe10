"""Namespaces whose network policies limit only what comes in."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_network import NETWORK_GROUPS
from hullmark.checks.kube_policies import has_other_policies, policies
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress]
"""
_EGRESS = """\
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: shop}
spec:
  podSelector: {}
  egress: [{to: [{podSelector: {}}]}]
"""


@bundle_check(
    id="missing-egress-policy",
    title="Network policies of the namespace do not limit egress",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD + _EGRESS.replace("shop", "other")),
    good=(_BAD.replace("[Ingress]", "[Ingress, Egress]"), _BAD + _EGRESS),
    remediation="Add a policy of type Egress that denies all, and allow what is needed.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def missing_egress_policy(bundle: Bundle) -> Iterator[Evidence]:
    """Whoever takes over a pod can fetch tools, send data out and scan the inner network."""
    told = set[str]()
    for each in bundle.of("NetworkPolicy"):
        if each.group not in NETWORK_GROUPS or each.namespace in told:
            continue
        told.add(each.namespace)
        near = policies(bundle, each.namespace)
        if not has_other_policies(bundle, each.namespace) and not any(map(_limits, near)):
            yield each.tell(
                "spec.policyTypes",
                "no network policy of the file limits egress in its namespace",
                each.spec.line_of("policyTypes"),
            )


def _limits(policy: Object) -> bool:
    """Whether a policy is one of egress; one without types is if it has such rules."""
    types = policy.spec.texts("policyTypes")
    return "Egress" in types if types else bool(policy.spec.items_of("egress"))
