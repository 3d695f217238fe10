"""Validating webhooks that a label switches off."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import webhooks
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: policy}
webhooks:
- name: pods.policy.example
  clientConfig: {service: {name: policy, namespace: policy}}
  objectSelector:
    matchExpressions: [{key: policy.example/skip, operator: DoesNotExist}]
"""
_EVADING = ("DoesNotExist", "NotIn")


@object_check(
    "ValidatingWebhookConfiguration",
    id="webhook-evaded-by-label",
    title="Label of the object switches the validating webhook off",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("DoesNotExist", 'NotIn, values: ["true"]')),
    good=(_BAD.replace("objectSelector", "namespaceSelector"), _BAD.replace("DoesNot", "")),
    remediation="Exempt namespaces by namespaceSelector, which their users cannot change.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    ),
)
def webhook_evaded_by_label(subject: Object) -> Iterator[Evidence]:
    """Whoever makes an object sets its labels, so the check is left to those it is to check."""
    for each, at in webhooks(subject):
        expressions = each.map("objectSelector").items_of("matchExpressions")
        for index, wanted in enumerate(expressions):
            if isinstance(wanted, Map) and wanted.text("operator") in _EVADING:
                yield subject.tell(
                    f"{at}.objectSelector.matchExpressions[{index}]",
                    f"objects with label {wanted.text('key')!r} can evade webhook "
                    f"{each.text('name')!r}",
                    wanted.line,
                )
