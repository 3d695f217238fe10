"""Roles that change where services lead."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="endpoint-writing",
    title="Role changes endpoints of services",
    severity=Severity.MEDIUM,
    bad=(
        role("endpoints", "update"),
        role("endpointslices", "create", "discovery.k8s.io", kind="Role"),
    ),
    good=(
        role("endpoints", "get, list, watch"),
        role("endpoints", "update", names="shop"),
        role("endpointslices", "create"),
    ),
    remediation="Leave endpoints to the controllers of services.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/services-networking/service/",
    ),
)
def endpoint_writing(subject: Object) -> Iterator[Evidence]:
    """Endpoints say to which addresses a service leads.

    Who writes them takes over its requests, and reaches addresses of other namespaces past network
    policies.
    """
    return granted(subject, {CORE: ("endpoints",), "discovery.k8s.io": ("endpointslices",)}, WRITES)
