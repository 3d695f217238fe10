"""Webhooks of admission, as their configurations list them.

Reference: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
"""

from collections.abc import Iterator

from hullmark.checks.kube import Object
from hullmark.model.placed import Map

ADMISSION = "admissionregistration.k8s.io"
WEBHOOKS = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")

SYSTEM_NAMESPACES = ("kube-system", "kube-public", "kube-node-lease")
"""Namespaces of the cluster's own parts, whose pods need what others do not."""

ENFORCE = "pod-security.kubernetes.io/enforce"
"""The label of a namespace that says which pods are refused there."""


def webhooks(subject: Object) -> Iterator[tuple[Map, str]]:
    """Every webhook of a configuration, with its path in the object."""
    if subject.group != ADMISSION:
        return
    for index, each in enumerate(subject.body.items_of("webhooks")):
        if isinstance(each, Map):
            yield each, f"webhooks[{index}]"
