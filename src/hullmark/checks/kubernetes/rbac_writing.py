"""Roles that change roles and bindings."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, MANUAL, RBAC, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="rbac-writing",
    title="Role changes roles or bindings",
    severity=Severity.MEDIUM,
    bad=(
        role("rolebindings", "create", RBAC),
        role("clusterroles, clusterrolebindings", "update", RBAC),
    ),
    good=(
        role("roles", "get, list", RBAC),
        role("rolebindings", "update", RBAC, names="shop"),
    ),
    remediation=(
        "Keep roles and bindings in the hands of the cluster's administrators, and limit it by "
        "resourceNames."
    ),
    references=(
        GUIDE,
        MANUAL,
    ),
)
def rbac_writing(subject: Object) -> Iterator[Evidence]:
    """It hands on every right that it has, and takes the rights of others away.

    What an attacker gives himself so outlasts the removal of what he broke into.
    """
    return granted(
        subject,
        {RBAC: ("roles", "rolebindings", "clusterroles", "clusterrolebindings")},
        WRITES,
        explicit=True,
    )
