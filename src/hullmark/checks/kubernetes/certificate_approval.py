"""Roles that approve certificates of clients."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_CLIENTS = (
    "kubernetes.io/*",
    "kubernetes.io/kube-apiserver-client",
    "kubernetes.io/kube-apiserver-client-kubelet",
)


@object_check(
    "ClusterRole",
    id="certificate-approval",
    title="Role approves certificates of the cluster's clients",
    severity=Severity.HIGH,
    bad=(
        role("signers", "approve", "certificates.k8s.io"),
        role(
            "signers", "approve", "certificates.k8s.io", names="kubernetes.io/kube-apiserver-client"
        ),
    ),
    good=(
        role("signers", "approve", "certificates.k8s.io", names="kubernetes.io/kubelet-serving"),
        role("certificatesigningrequests", "create, get", "certificates.k8s.io"),
        role("signers", "sign", "certificates.k8s.io"),
    ),
    remediation=(
        "Name by resourceNames the signers whose requests it approves, and none for clients of "
        "the API server."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
        "https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/",
    ),
)
def certificate_approval(subject: Object) -> Iterator[Evidence]:
    """A client certificate that the cluster signs is an identity of any name and group.

    Who approves requests makes himself whom he likes, and none of them can be revoked.
    """
    return granted(subject, {"certificates.k8s.io": ("signers",)}, ("approve",), despite=_CLIENTS)
