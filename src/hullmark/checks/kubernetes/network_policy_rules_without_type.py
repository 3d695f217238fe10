"""Network policies whose rules do nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mends import types_of_rules
from hullmark.checks.kube_network import NETWORK_GROUPS
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  egress:
  - to: [{podSelector: {matchLabels: {app: db}}}]
"""


@object_check(
    "NetworkPolicy",
    id="network-policy-rules-without-type",
    title="Network policy has rules of a type that it does not name",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("Ingress", "Egress").replace("egress:", "ingress:")),
    good=(_BAD.replace("[Ingress]", "[Ingress, Egress]"), _BAD.replace("  policyTypes", "  #")),
    remediation="Add the type to policyTypes.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
    mend=by(
        types_of_rules,
        says="name the type of the rules",
        breaks="cuts connections that no rule allows",
        risky=True,
    ),
)
def network_policy_rules_without_type(subject: Object) -> Iterator[Evidence]:
    """The rules look like a limit but are not applied: this direction stays open to everybody."""
    spec = subject.spec
    types = spec.texts("policyTypes")
    if subject.group not in NETWORK_GROUPS or not types:
        return
    for way, name in (("ingress", "Ingress"), ("egress", "Egress")):
        if spec.items_of(way) and name not in types:
            yield subject.tell(
                f"spec.{way}",
                f"has rules for {way}, but policyTypes lacks {name}",
                spec.line_of(way),
            )
