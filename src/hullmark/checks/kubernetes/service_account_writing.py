"""Roles that change service accounts."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="service-account-writing",
    title="Role changes service accounts",
    severity=Severity.LOW,
    bad=(
        role("serviceaccounts", "create, get"),
        role("serviceaccounts", "patch", kind="Role"),
    ),
    good=(
        role("serviceaccounts", "get, list"),
        role("serviceaccounts", "patch", names="shop"),
    ),
    remediation=(
        "Name the service accounts by resourceNames, and limit in the cloud which of them may "
        "use a role."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/security/service-accounts/",
    ),
)
def service_account_writing(subject: Object) -> Iterator[Evidence]:
    """On most clouds an annotation ties a service account to a role of the provider.

    Who writes it may reach for rights outside of the cluster.
    """
    return granted(subject, {CORE: ("serviceaccounts",)}, WRITES)
