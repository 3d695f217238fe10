"""Roles that change what delivery controllers apply."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_DELIVERED = {
    "argoproj.io": ("applications", "applicationsets", "appprojects", "workflows", "cronworkflows"),
    "kustomize.toolkit.fluxcd.io": ("kustomizations",),
    "helm.toolkit.fluxcd.io": ("helmreleases",),
    "tekton.dev": ("tasks", "taskruns", "pipelines", "pipelineruns"),
}


@object_check(
    *ROLES,
    id="delivery-writing",
    title="Role decides what delivery controllers apply",
    severity=Severity.MEDIUM,
    bad=(
        role("applications", "create", "argoproj.io"),
        role("kustomizations", "patch", "kustomize.toolkit.fluxcd.io", kind="Role"),
    ),
    good=(
        role("applications", "get, list", "argoproj.io"),
        role("applications", "patch", "argoproj.io", names="shop"),
        role("applications", "create", "app.k8s.io"),
    ),
    remediation=(
        "Grant it in few namespaces by Roles, and give each application a project or service "
        "account of its own."
    ),
    references=(
        GUIDE,
        "https://argo-cd.readthedocs.io/en/stable/operator-manual/security/",
    ),
)
def delivery_writing(subject: Object) -> Iterator[Evidence]:
    """These controllers apply manifests with rights of their own, often those of the cluster.

    Who writes their objects has them apply his own.
    """
    return granted(subject, _DELIVERED, WRITES)
