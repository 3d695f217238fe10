"""Webhooks of admission that are waited for too long."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import WEBHOOKS, webhooks
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: policy}
webhooks:
- name: pods.policy.example
  timeoutSeconds: 30
  clientConfig: {service: {name: policy, namespace: policy}}
"""
_DEFAULT = 10
"""Seconds that the API server waits unless told otherwise."""


@object_check(
    *WEBHOOKS,
    id="webhook-long-timeout",
    title="Webhook may hold up requests for long",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("30", "5"), _BAD.replace("  timeoutSeconds: 30\n", "")),
    remediation="Set timeoutSeconds to a few seconds.",
    references=(
        "https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/",
    ),
)
def webhook_long_timeout(subject: Object) -> Iterator[Evidence]:
    """A slow webhook holds every request that it is asked about, until controllers give up."""
    for each, at in webhooks(subject):
        seconds = each.number("timeoutSeconds")
        if seconds is not None and seconds > _DEFAULT:
            yield subject.tell(
                f"{at}.timeoutSeconds",
                f"webhook {each.text('name')!r} is waited for {seconds} seconds",
                each.line_of("timeoutSeconds"),
            )
