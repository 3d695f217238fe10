"""Bindings of the roles by which nodes join."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import role_of, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity

_ROLES = (
    "system:node-bootstrapper",
    "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
)


@object_check(
    "ClusterRoleBinding",
    id="node-bootstrap-binding",
    title="Rights of joining nodes are given to others",
    severity=Severity.HIGH,
    bad=(
        binding("system:node-bootstrapper", "ServiceAccount/shop"),
        binding(
            "system:certificates.k8s.io:certificatesigningrequests:nodeclient", "Group/developers"
        ),
    ),
    good=(
        binding(
            "system:node-bootstrapper", "Group/system:bootstrappers:kubeadm:default-node-token"
        ),
        binding("view", "ServiceAccount/shop"),
    ),
    remediation="Bind it to the group system:bootstrappers alone.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/",
    ),
)
def node_bootstrap_binding(subject: Object) -> Iterator[Evidence]:
    """The roles get a certificate of any node.

    With it one reads the secrets of all pods that run there.
    """
    _, role = role_of(subject)
    for each in subjects_of(subject) if role in _ROLES else ():
        if not (each.kind == "Group" and each.name.startswith("system:bootstrappers")):
            says = f"{each.kind} {each.name!r} is given the role {role!r}"
            yield subject.tell(each.at, says, each.line)
