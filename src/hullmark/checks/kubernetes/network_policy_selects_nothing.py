"""Network policies for pods that are not there."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_joins import makers
from hullmark.checks.kube_policies import Policies
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
    title="Network policy selects no pod",
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
    among = makers(bundle)
    for policy in Policies(bundle).all:
        selector = policy.spec.map("podSelector")
        if not bundle.is_known(policy) or any(among.selected(policy, selector)):
            continue
        if any(one.subject.pod for one in among.sharing(policy)):
            yield policy.tell(
                "spec.podSelector",
                "selects none of the pods that are made in its namespace",
                policy.spec.line_of("podSelector"),
            )
