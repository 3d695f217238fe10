"""Policies of Istio that deny nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import ISTIO_SECURITY
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: deny-all, namespace: shop}
spec:
  action: DENY
"""


@object_check(
    "AuthorizationPolicy",
    id="authorization-policy-without-effect",
    title="Istio policy denies but has no rules",
    severity=Severity.MEDIUM,
    bad=(_BAD, f"{_BAD}  rules: []\n"),
    good=(
        _BAD + "  rules: [{}]\n",
        _BAD.replace("DENY", "ALLOW"),
        _BAD.replace("  action: DENY", " "),
    ),
    remediation="Give it the rule {}, which everything meets, or make it ALLOW without rules.",
    references=("https://istio.io/latest/docs/reference/config/security/authorization-policy/",),
)
def authorization_policy_without_effect(subject: Object) -> Iterator[Evidence]:
    """A DENY policy without rules matches no request: what looks like a lock is none."""
    spec = subject.spec
    if subject.group == ISTIO_SECURITY and spec.text("action") == "DENY" and not spec.get("rules"):
        yield subject.tell("spec.rules", "denies by no rule at all", spec.line_of("action"))
