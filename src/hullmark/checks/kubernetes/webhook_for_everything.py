"""Webhooks of admission that are asked about all objects."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import WEBHOOKS, webhooks
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: policy}
webhooks:
- name: all.policy.example
  clientConfig: {service: {name: policy, namespace: policy}}
  rules:
  - {apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"], operations: ["*"]}
"""
_SELECTOR = "  namespaceSelector: {matchLabels: {policy: checked}}\n  rules:"
_LIMITS = ("namespaceSelector", "objectSelector", "matchConditions")


@object_check(
    *WEBHOOKS,
    id="webhook-for-everything",
    title="Webhook is asked about every object of the cluster",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace('"*/*"', '"*"')),
    good=(_BAD.replace('"*/*"', "pods"), _BAD.replace("  rules:", _SELECTOR)),
    remediation="Name the resources, and leave out system namespaces by namespaceSelector.",
    references=(
        "https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/",
    ),
)
def webhook_for_everything(subject: Object) -> Iterator[Evidence]:
    """It is shown every secret, and if it is down nothing can be changed, not even it restarted."""
    for each, at in webhooks(subject):
        if any(each.get(limit) for limit in _LIMITS):
            continue
        for index, rule in enumerate(each.items_of("rules")):
            if isinstance(rule, Map) and _is_all(rule):
                yield subject.tell(
                    f"{at}.rules[{index}]",
                    f"webhook {each.text('name')!r} is asked about all resources of all groups",
                    rule.line,
                )


def _is_all(rule: Map) -> bool:
    resources = rule.texts("resources")
    return "*" in rule.texts("apiGroups") and ("*" in resources or "*/*" in resources)
