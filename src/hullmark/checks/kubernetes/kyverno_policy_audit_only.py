"""Policies of Kyverno that refuse nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: tags}
spec:
  validationFailureAction: Audit
  rules:
  - name: tags
    validate: {message: no latest, pattern: {spec: {}}}
"""
_RULE = _BAD.replace("  validationFailureAction: Audit\n", "")


@object_check(
    "ClusterPolicy",
    "Policy",
    id="kyverno-policy-audit-only",
    title="Kyverno policy reports but does not refuse",
    severity=Severity.MEDIUM,
    bad=(_BAD, _RULE, _RULE.replace("{message", "{failureAction: Audit, message")),
    good=(
        _BAD.replace("Audit", "Enforce"),
        _BAD.replace("{message", "{failureAction: Enforce, message"),
        _RULE.replace("validate", "mutate"),
    ),
    remediation="Set failureAction of the rule to Enforce once its reports are clean.",
    references=("https://kyverno.io/docs/policy-types/cluster-policy/validate/",),
    mend=put(value="Enforce", says="enforce it", breaks="rejects what was let through", risky=True),
)
def kyverno_policy_audit_only(subject: Object) -> Iterator[Evidence]:
    """What the policy forbids is made all the same: Audit, the default, only writes reports."""
    if subject.group != "kyverno.io":
        return
    spec = subject.spec
    general = spec.text("validationFailureAction") or "Audit"
    untold = True
    for index, rule in enumerate(spec.items_of("rules")):
        if not isinstance(rule, Map) or not rule.map("validate"):
            continue
        validate = rule.map("validate")
        own = validate.text("failureAction")
        if own.lower() == "audit":
            yield subject.tell(
                f"spec.rules[{index}].validate.failureAction",
                f"rule {rule.text('name')!r} only audits",
                validate.line_of("failureAction"),
            )
        elif not own and general.lower() == "audit" and untold:
            untold = False
            yield subject.tell(
                "spec.validationFailureAction",
                f"rule {rule.text('name')!r} only audits",
                spec.line_of("validationFailureAction"),
            )
