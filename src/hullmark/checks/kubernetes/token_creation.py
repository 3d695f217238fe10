"""Roles that issue tokens of service accounts."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="token-creation",
    title="Role issues tokens of any service account",
    severity=Severity.HIGH,
    bad=(
        role("serviceaccounts/token", "create"),
        role("serviceaccounts/token", "create", kind="Role"),
        role('"*/token"', "create"),
    ),
    good=(
        role("serviceaccounts/token", "create", names="shop"),
        role("serviceaccounts", "create"),
    ),
    remediation="Name by resourceNames the service accounts whose tokens it issues.",
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    ),
)
def token_creation(subject: Object) -> Iterator[Evidence]:
    """A token is all one needs to act as a service account, also from outside of the cluster.

    So it has the rights of the strongest one that it reaches.
    """
    return granted(subject, {CORE: ("serviceaccounts/token",)}, ("create",))
