"""Webhooks of admission that run somewhere else."""

from collections.abc import Iterator
from re import IGNORECASE

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import WEBHOOKS, webhooks
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex

_BAD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: policy}
webhooks:
- name: pods.policy.example
  clientConfig: {url: "https://hooks.example.com/mutate"}
"""
_is_inside = regex(
    r"https://(?:localhost|127\.[\d.]+|\[::1\]|[\w.-]+\.svc(?:\.cluster\.local)?)(?:[:/]|$)",
    IGNORECASE,
).match


@object_check(
    *WEBHOOKS,
    id="webhook-outside-cluster",
    title="Admission asks a webhook outside of the cluster",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("https", "http")),
    good=(
        _BAD.replace("hooks.example.com", "policy.policy.svc"),
        _BAD.replace('url: "https://hooks.example.com/mutate"', "service: {name: a, namespace: b}"),
    ),
    remediation="Run the webhook in the cluster, and name it in clientConfig.service.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    ),
)
def webhook_outside_cluster(subject: Object) -> Iterator[Evidence]:
    """That host sees the objects it is asked about, and decides or changes what the cluster runs.

    Whoever takes over the host or its name has the same power.
    """
    for each, at in webhooks(subject):
        client = each.map("clientConfig")
        url = client.text("url")
        if url and not _is_inside(url):
            yield subject.tell(
                f"{at}.clientConfig.url",
                f"webhook {each.text('name')!r} is asked at a host outside of the cluster",
                client.line_of("url"),
            )
