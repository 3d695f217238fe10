"""Roles that fetch secrets of outer vaults."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_FETCHED = {
    "external-secrets.io": (
        "externalsecrets",
        "clusterexternalsecrets",
        "secretstores",
        "clustersecretstores",
        "pushsecrets",
    ),
    "secrets-store.csi.x-k8s.io": ("secretproviderclasses",),
}


@object_check(
    *ROLES,
    id="external-secret-writing",
    title="Role decides which secrets are fetched from outside",
    severity=Severity.MEDIUM,
    bad=(
        role("externalsecrets", "create", "external-secrets.io"),
        role("secretproviderclasses", "patch", "secrets-store.csi.x-k8s.io", kind="Role"),
    ),
    good=(
        role("externalsecrets", "get, list", "external-secrets.io"),
        role("externalsecrets", "patch", "external-secrets.io", names="shop"),
    ),
    remediation=(
        "Grant it in few namespaces by Roles, and give each of them a store with its own identity."
    ),
    references=("https://external-secrets.io/latest/guides/security-best-practices/",),
)
def external_secret_writing(subject: Object) -> Iterator[Evidence]:
    """The controller fetches from the vault whatever these objects ask for.

    Who writes one reads secrets that are meant for others.
    """
    return granted(subject, _FETCHED, WRITES)
