"""Roles that change config maps of the cluster's own namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_STEERING = (
    "aws-auth",
    "coredns",
    "kube-proxy",
    "kubeadm-config",
    "kubelet-config",
    "extension-apiserver-authentication",
)
"""Config maps of kube-system that decide who may do what, or where traffic goes."""


def _role(resources: str, verbs: str, names: str = "") -> str:
    text = role(resources, verbs, names=names, kind="Role")
    return text.replace("{name: shop}", "{name: shop, namespace: kube-system}")


@object_check(
    "Role",
    id="kube-system-config-writing",
    title="Role changes config maps of kube-system",
    severity=Severity.HIGH,
    bad=(
        _role("configmaps", "update"),
        _role("configmaps", "get, patch", names="coredns"),
        _role("configmaps", '"*"'),
    ),
    good=(
        _role("configmaps", "get"),
        _role("configmaps", "update", names="shop-lock"),
        role("configmaps", "update", kind="Role"),
    ),
    remediation=(
        "Keep what is needed in a namespace of its own, or name the config maps by resourceNames."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/",
    ),
)
def kube_system_config_writing(subject: Object) -> Iterator[Evidence]:
    """They steer the cluster's DNS and proxy, and on some clusters who is an administrator.

    Who writes them redirects its traffic or owns it.
    """
    if subject.namespace == "kube-system":
        yield from granted(subject, {CORE: ("configmaps",)}, ("update", "patch"), despite=_STEERING)
