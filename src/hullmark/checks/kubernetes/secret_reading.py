"""Roles that read all secrets of a namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, READS, SECRETS, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "Role",
    id="secret-reading",
    title="Role reads every secret of its namespace",
    severity=Severity.MEDIUM,
    bad=(
        role("secrets", "get, list", kind="Role"),
        role("secrets", '"*"', "*", kind="Role"),
    ),
    good=(
        role("secrets", "get", names="shop-tls", kind="Role"),
        role("secrets", "get"),
        role("secrets", "get", "apps", kind="Role"),
    ),
    remediation="Name the secrets that are needed by resourceNames, or mount them into the pod.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/configuration/secret/",
    ),
)
def secret_reading(subject: Object) -> Iterator[Evidence]:
    """Whoever breaks into what has the role reads every password, key and token of the namespace.

    List and watch give the values as get does.
    """
    return granted(subject, SECRETS, READS)
