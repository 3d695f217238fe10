"""Roles that change services."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="service-writing",
    title="Role changes services",
    severity=Severity.LOW,
    bad=(
        role("services", "create"),
        role("services/status", "patch", kind="Role"),
    ),
    good=(
        role("services", "get, list"),
        role("services", "patch", names="shop"),
    ),
    remediation=(
        "Name the services by resourceNames, and forbid externalIPs by an admission policy."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
    ),
)
def service_writing(subject: Object) -> Iterator[Evidence]:
    """Who writes services opens pods to the outside.

    With externalIPs he takes the traffic to addresses of others.
    """
    return granted(subject, {CORE: ("services", "services/status")}, WRITES)
