"""Roles that change admission webhooks."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import DELETES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="webhook-configuration-writing",
    title="Role changes the configuration of admission webhooks",
    severity=Severity.HIGH,
    bad=(
        role("mutatingwebhookconfigurations", "create", "admissionregistration.k8s.io"),
        role("validatingwebhookconfigurations", "delete", "admissionregistration.k8s.io"),
    ),
    good=(
        role(
            "mutatingwebhookconfigurations", "patch", "admissionregistration.k8s.io", names="shop"
        ),
        role("mutatingwebhookconfigurations", "get, list", "admissionregistration.k8s.io"),
    ),
    remediation="Name by resourceNames the configurations that it keeps.",
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
        "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    ),
)
def webhook_configuration_writing(subject: Object) -> Iterator[Evidence]:
    """A webhook sees every object that is written, secrets as well, and may change pods.

    Who configures it runs what he likes, and turns off those that enforce policy.
    """
    return granted(
        subject,
        {
            "admissionregistration.k8s.io": (
                "mutatingwebhookconfigurations",
                "validatingwebhookconfigurations",
            )
        },
        (*WRITES, *DELETES),
    )
