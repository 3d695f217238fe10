"""Policies of Cilium that let pods reach everything."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import is_everywhere
from hullmark.checks.kube_policies import cilium_ranges, cilium_rules
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web}
spec:
  endpointSelector: {matchLabels: {app: web}}
  egress:
  - toEntities: [world]
"""


@object_check(
    "CiliumNetworkPolicy",
    "CiliumClusterwideNetworkPolicy",
    id="cilium-policy-open-egress",
    title="Cilium policy allows egress to everywhere",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace("toEntities: [world]", "toCIDRSet: [{cidr: 0.0.0.0/0}]"),
        _BAD.replace("toEntities: [world]", 'toFQDNs: [{matchPattern: "*"}]'),
    ),
    good=(
        _BAD.replace("world", "kube-apiserver"),
        _BAD.replace("toEntities: [world]", "toCIDRSet: [{cidr: 0.0.0.0/0, except: [10.0.0.0/8]}]"),
        _BAD.replace("toEntities: [world]", "toFQDNs: [{matchName: api.example.com}]"),
    ),
    remediation="Name the endpoints, networks or domains that may be reached.",
    references=("https://docs.cilium.io/en/stable/security/policy/language/",),
)
def cilium_policy_open_egress(subject: Object) -> Iterator[Evidence]:
    """An endpoint that is taken over can send data anywhere, and fetch its tools from anywhere."""
    for rule, at in cilium_rules(subject, "egress"):
        for word in ("all", "world"):
            if word in rule.texts("toEntities"):
                yield subject.tell(
                    f"{at}.toEntities",
                    f"allows egress to the entity {word!r}",
                    rule.line_of("toEntities"),
                )
                break
        for cidr, place, line in cilium_ranges(rule, "toCIDR"):
            if is_everywhere(cidr):
                yield subject.tell(f"{at}.{place}", f"allows egress to {cidr}", line)
        if any(each.text("matchPattern") in ("*", "**") for each in rule.maps("toFQDNs")):
            yield subject.tell(
                f"{at}.toFQDNs", "allows egress to every domain", rule.line_of("toFQDNs")
            )
