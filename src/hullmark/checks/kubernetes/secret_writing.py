"""Roles that change secrets."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import DELETES, GUIDE, ROLES, SECRETS, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="secret-writing",
    title="Role changes secrets",
    severity=Severity.MEDIUM,
    bad=(
        role("secrets", "create"),
        role("secrets", "get, patch", kind="Role"),
        role("secrets", "deletecollection"),
    ),
    good=(
        role("secrets", "get, list"),
        role("secrets", "update", names="shop-tls"),
    ),
    remediation="Let only what issues secrets write them, limited to names by resourceNames.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/configuration/secret/",
    ),
)
def secret_writing(subject: Object) -> Iterator[Evidence]:
    """It can replace the keys and passwords that others trust, or delete them.

    A new secret may also be one that receives a lasting token of any service account of the
    namespace.
    """
    return granted(subject, SECRETS, (*WRITES, *DELETES))
