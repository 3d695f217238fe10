"""Roles that get certificates of nodes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="node-certificate-request",
    title="Role gets certificates of nodes without approval",
    severity=Severity.HIGH,
    bad=(role("certificatesigningrequests/nodeclient", "create", "certificates.k8s.io"),),
    good=(
        role("certificatesigningrequests", "create", "certificates.k8s.io"),
        role("certificatesigningrequests/selfnodeclient", "create", "certificates.k8s.io"),
    ),
    remediation="Leave it to the bootstrap tokens of nodes that join.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/",
    ),
)
def node_certificate_request(subject: Object) -> Iterator[Evidence]:
    """The cluster approves such requests by itself, and gives out the identity of any node.

    With it one reads the secrets of all pods that run there.
    """
    return granted(
        subject, {"certificates.k8s.io": ("certificatesigningrequests/nodeclient",)}, ("create",)
    )
