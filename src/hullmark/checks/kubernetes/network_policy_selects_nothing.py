"""Network policies for pods that are not there."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_network import NETWORK_GROUPS, selects, workloads
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {matchLabels: {app: databse}}
  policyTypes: [Ingress]
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: database}}
spec: {containers: [{name: db, image: registry.example/db:15}]}
"""


@bundle_check(
    id="network-policy-selects-nothing",
    title="Network policy selects no pod of the file",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace("databse", "database"),
        _BAD.replace("{matchLabels: {app: databse}}", "{}"),
        _BAD.partition("---")[0],
        _BAD.replace("name: db}", "name: db, namespace: other}"),
    ),
    remediation="Give podSelector the labels that the pods carry.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def network_policy_selects_nothing(bundle: Bundle) -> Iterator[Evidence]:
    """The pods that it was written for stay open: a slip in a label undoes the isolation."""
    pods = list(workloads(bundle.objects))
    for policy in bundle.of("NetworkPolicy"):
        if policy.group not in NETWORK_GROUPS:
            continue
        near = [pod for each, pod in pods if each.namespace == policy.namespace]
        selector = policy.spec.map("podSelector")
        if near and not any(selects(selector, pod.metadata.map("labels")) for pod in near):
            yield policy.tell(
                "spec.podSelector",
                "selects none of the pods that the file makes in its namespace",
                policy.spec.line_of("podSelector"),
            )
