"""Namespaces whose pods no network policy isolates."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_mends import default_deny
from hullmark.checks.kube_network import workloads
from hullmark.checks.kube_policies import Policies, space_of
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example/web:1}]}
"""
_POLICY = """\
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
"""
_CILIUM = """\
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: {name: deny}
spec: {endpointSelector: {}, ingress: [{}]}
"""


@bundle_check(
    id="missing-network-policy",
    title="Namespace of workloads has no network policy",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD + _POLICY.replace("shop", "other")),
    good=(
        _BAD + _POLICY,
        _BAD + _CILIUM,
        _BAD.replace("containers", "hostNetwork: true, containers"),
    ),
    remediation="Add a policy that denies all, and one for each connection that is needed.",
    references=(
        "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
        "https://kubernetes.io/docs/concepts/security/security-checklist/",
    ),
    mend=by(
        default_deny,
        says="add a policy that denies all",
        breaks="cuts every connection that no other policy allows",
        risky=True,
    ),
)
def missing_network_policy(bundle: Bundle) -> Iterator[Evidence]:
    """Without a policy every pod of the cluster reaches these, and these reach everything.

    Whoever takes over one of them goes on from there.
    """
    policies = Policies(bundle)
    told = set[tuple[str, ...]]()
    for each, pod in workloads(bundle.objects):
        space = space_of(each)
        if space in told:
            continue
        told.add(space)
        if policies.has_others(each) or not bundle.is_known(each):
            continue
        if not any(policies.sharing(each)):
            where = f"namespace {each.namespace!r}" if each.namespace else "its namespace"
            yield each.tell(
                "", f"there is no network policy for {where}", pod.spec.line or each.body.line
            )
