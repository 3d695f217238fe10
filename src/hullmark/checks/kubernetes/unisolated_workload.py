"""Workloads that the network policies beside them leave out."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_network import workloads
from hullmark.checks.kube_policies import Policies
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector:
    matchExpressions: [{key: app, operator: In, values: [web]}]
  policyTypes: [Ingress]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example/web:1}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: db}
spec:
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: registry.example/db:15}]}
"""


@bundle_check(
    id="unisolated-workload",
    title="Workload is selected by none of the network policies beside it",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace("[web]", "[web, db]"),
        _BAD.replace("operator: In, values: [web]", "operator: Exists"),
        _BAD.partition("---")[2],
        _BAD.replace(
            "spec: {containers: [{name: db,", "spec: {hostNetwork: yes, containers: [{name: db,"
        ),
    ),
    remediation="Add a policy that selects all pods and denies all, beside those that allow.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def unisolated_workload(bundle: Bundle) -> Iterator[Evidence]:
    """Pods that no policy selects accept and open every connection, as if there were none."""
    policies = Policies(bundle)
    for each, pod in workloads(bundle.objects) if policies.all else ():
        if policies.has_others(each) or not bundle.is_known(each):
            continue
        labels = pod.metadata.map("labels")
        if not any(policies.selecting(each, labels)) and any(policies.beside(each)):
            yield each.tell(
                pod.at.removesuffix("spec") + "metadata.labels",
                "no network policy of its namespace selects its pods",
                pod.metadata.line_of("labels") or pod.spec.line,
            )
