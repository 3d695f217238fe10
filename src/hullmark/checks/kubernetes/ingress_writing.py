"""Roles that change routes into the cluster."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_ROUTES = {
    "networking.k8s.io": ("ingresses", "ingressclasses"),
    "gateway.networking.k8s.io": (
        "gateways",
        "httproutes",
        "grpcroutes",
        "tcproutes",
        "tlsroutes",
        "referencegrants",
    ),
}


@object_check(
    *ROLES,
    id="ingress-writing",
    title="Role changes ingresses or routes of gateways",
    severity=Severity.LOW,
    bad=(
        role("ingresses", "create", "networking.k8s.io"),
        role("httproutes, gateways", "patch", "gateway.networking.k8s.io"),
    ),
    good=(
        role("ingresses", "get, list", "networking.k8s.io"),
        role("ingresses/status", "update", "networking.k8s.io"),
    ),
    remediation=(
        "Grant it in few namespaces by Roles, and limit host names by an admission policy."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/services-networking/ingress/",
    ),
)
def ingress_writing(subject: Object) -> Iterator[Evidence]:
    """Who writes routes opens services to the outside and takes over host names of others.

    By annotations he passes settings to the proxy itself.
    """
    return granted(subject, _ROUTES, WRITES)
