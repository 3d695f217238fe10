"""Roles that change quotas."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, DELETES, GUIDE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="quota-writing",
    title="Role changes quotas or limits of namespaces",
    severity=Severity.LOW,
    bad=(
        role("resourcequotas", "update"),
        role("limitranges", "delete", kind="Role"),
    ),
    good=(
        role("resourcequotas", "get, list"),
        role("resourcequotas/status", "update"),
    ),
    remediation="Keep quotas and limits in the hands of who administers the cluster.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    ),
)
def quota_writing(subject: Object) -> Iterator[Evidence]:
    """Quotas keep one namespace from taking the whole cluster.

    Who lifts them starves all others of memory, processors and storage.
    """
    return granted(
        subject, {CORE: ("resourcequotas", "limitranges")}, ("update", "patch", *DELETES)
    )
