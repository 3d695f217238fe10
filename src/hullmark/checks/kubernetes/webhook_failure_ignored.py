"""Webhooks of admission that let pass what they could not see."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import WEBHOOKS, webhooks
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: policy}
webhooks:
- name: pods.policy.example
  failurePolicy: Ignore
  clientConfig: {service: {name: policy, namespace: policy}}
"""


@object_check(
    *WEBHOOKS,
    id="webhook-failure-ignored",
    title="Admission goes on when the webhook fails",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("Validating", "Mutating")),
    good=(_BAD.replace("Ignore", "Fail"), _BAD.replace("  failurePolicy: Ignore\n", "")),
    remediation="Set failurePolicy to Fail, and run the webhook in several replicas.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    ),
    mend=put(
        value="Fail",
        says="reject what cannot be checked",
        breaks="stops changes while the webhook is away",
        risky=True,
    ),
)
def webhook_failure_ignored(subject: Object) -> Iterator[Evidence]:
    """Who overloads or breaks the webhook gets everything past it, and nobody notices."""
    for each, at in webhooks(subject):
        if each.text("failurePolicy") == "Ignore":
            yield subject.tell(
                f"{at}.failurePolicy",
                f"failures of webhook {each.text('name')!r} are ignored",
                each.line_of("failurePolicy"),
            )
