"""Namespaces whose network policies limit only what comes in."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_policies import EGRESS, Policies, limits, space_of
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
    policies = Policies(bundle)
    told = set[tuple[str, ...]]()
    for each in policies.all:
        space = space_of(each)
        if space in told:
            continue
        told.add(space)
        near = policies.sharing(each)
        if policies.has_others(each) or not bundle.is_known(each):
            continue
        if not any(limits(one, EGRESS) for one in near):
            yield each.tell(
                "spec.policyTypes",
                "no network policy of its namespace limits egress",
                each.spec.line_of("policyTypes"),
            )
