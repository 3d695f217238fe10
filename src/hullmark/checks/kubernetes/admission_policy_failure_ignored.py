"""Policies of admission that let pass what they could not judge."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import ADMISSION
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
spec:
  failurePolicy: Ignore
  validations: [{expression: object.spec.replicas <= 5}]
"""
_KYVERNO = """\
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: signed}
spec:
  webhookConfiguration: {failurePolicy: Ignore}
  rules: [{name: signed, verifyImages: []}]
"""
_GROUPS = (ADMISSION, "kyverno.io", "policies.kyverno.io")


@object_check(
    "ValidatingAdmissionPolicy",
    "MutatingAdmissionPolicy",
    "ClusterPolicy",
    "Policy",
    "ValidatingPolicy",
    "ImageValidatingPolicy",
    id="admission-policy-failure-ignored",
    title="Admission goes on when the policy fails",
    severity=Severity.MEDIUM,
    bad=(_BAD, _KYVERNO),
    good=(
        _BAD.replace("Ignore", "Fail"),
        _KYVERNO.replace("{failurePolicy: Ignore}", "{timeoutSeconds: 5}"),
        _KYVERNO.replace("kyverno.io", "policy.example"),
    ),
    remediation="Set failurePolicy to Fail.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
        "https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/",
    ),
    mend=put(
        value="Fail",
        says="reject what cannot be checked",
        breaks="stops changes that the policy fails on",
        risky=True,
    ),
)
def admission_policy_failure_ignored(subject: Object) -> Iterator[Evidence]:
    """An object that makes the expression fail, or an outage of the engine, gets past the policy.

    Attackers can bring about both.
    """
    if subject.group not in _GROUPS:
        return
    hook = subject.spec.map("webhookConfiguration")
    for holder, at in ((subject.spec, "spec"), (hook, "spec.webhookConfiguration")):
        if holder.text("failurePolicy") == "Ignore":
            yield subject.tell(
                f"{at}.failurePolicy",
                "failures of the policy are ignored",
                holder.line_of("failurePolicy"),
            )
