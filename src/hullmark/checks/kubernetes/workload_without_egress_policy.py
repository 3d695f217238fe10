"""Workloads that network policies isolate the other way only."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_policies import EGRESS, one_way
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example/web:1}]}
"""


@bundle_check(
    id="workload-without-egress-policy",
    title="Network policies of a workload do not limit whom it reaches",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace("policyTypes: [Ingress]", "policyTypes: [Ingress, Egress]"),
        _BAD.replace("{app: db}}\n", "{}}\n"),
        _BAD.partition("---\n")[2],
    ),
    remediation="Add a policy of type Egress that selects its pods and allows what is needed.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def workload_without_egress_policy(bundle: Bundle) -> Iterator[Evidence]:
    """What goes out is limited for other workloads of the namespace, and for this one is not."""
    yield from one_way(bundle, EGRESS)
