"""Policies of admission that only warn or write down."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import ADMISSION
from hullmark.checks.kube_mends import deny
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas}
spec:
  policyName: replicas
  validationActions: [Warn, Audit]
"""


@object_check(
    "ValidatingAdmissionPolicyBinding",
    "ValidatingPolicy",
    "ImageValidatingPolicy",
    id="admission-policy-not-enforced",
    title="Admission policy does not deny anything",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace(ADMISSION, "policies.kyverno.io").replace("AdmissionPolicyBinding", "Policy"),
    ),
    good=(_BAD.replace("Warn", "Deny"), _BAD.replace("  validationActions: [Warn, Audit]\n", "")),
    remediation="Add Deny to validationActions once the warnings are gone.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
    ),
    mend=by(deny, says="deny what breaks it", breaks="rejects what was let through", risky=True),
)
def admission_policy_not_enforced(subject: Object) -> Iterator[Evidence]:
    """What the policy forbids is made all the same, with a line in a log that few read."""
    actions = subject.spec.texts("validationActions")
    if subject.group not in (ADMISSION, "policies.kyverno.io"):
        return
    if actions and "Deny" not in actions:
        yield subject.tell(
            "spec.validationActions",
            f"the actions are {', '.join(actions)} without Deny",
            subject.spec.line_of("validationActions"),
        )
