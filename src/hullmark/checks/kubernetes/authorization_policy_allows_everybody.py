"""Policies of Istio that allow everything to everybody."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import ISTIO_SECURITY
from hullmark.checks.kube_network import is_everywhere
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: web, namespace: shop}
spec:
  action: ALLOW
  rules:
  - {}
"""
_LIMITS = ("from", "to", "when")


@object_check(
    "AuthorizationPolicy",
    id="authorization-policy-allows-everybody",
    title="Istio policy allows everything to everybody",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace("  action: ALLOW\n", ""),
        _BAD.replace("{}", "{from: [{source: {ipBlocks: [0.0.0.0/0]}}]}"),
    ),
    good=(
        _BAD.replace("{}", "{from: [{source: {namespaces: [shop]}}]}"),
        _BAD.replace("ALLOW", "DENY"),
        _BAD.replace("  rules:\n  - {}\n", ""),
    ),
    remediation="Name in from who may call, and in to what.",
    references=("https://istio.io/latest/docs/reference/config/security/authorization-policy/",),
)
def authorization_policy_allows_everybody(subject: Object) -> Iterator[Evidence]:
    """A request that one policy allows is allowed: a rule without limits undoes all others."""
    spec = subject.spec
    if subject.group != ISTIO_SECURITY or spec.text("action") not in ("", "ALLOW"):
        return
    for index, rule in enumerate(spec.items_of("rules")):
        if not isinstance(rule, Map):
            continue
        if not any(rule.get(each) for each in _LIMITS):
            says = "a rule without limits allows everything to everybody"
        elif not rule.get("to") and not rule.get("when") and _is_from_all(rule):
            says = "a rule allows everything to all addresses"
        else:
            continue
        yield subject.tell(f"spec.rules[{index}]", says, rule.line)


def _is_from_all(rule: Map) -> bool:
    """Whether one of a rule's sources is every address and nothing else."""
    for each in rule.maps("from"):
        source = each.map("source")
        if set(source) == {"ipBlocks"} and any(map(is_everywhere, source.texts("ipBlocks"))):
            return True
    return False
