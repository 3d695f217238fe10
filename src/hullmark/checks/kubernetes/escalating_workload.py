"""Workloads that can become cluster-admin."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.rbac import way_up, workloads_with
from hullmark.checks.rbac_samples import binding, bundle, deployment, role
from hullmark.model import Evidence, Severity


@bundle_check(
    id="escalating-workload",
    title="Workload can raise its rights to those of the cluster",
    severity=Severity.HIGH,
    bad=(
        bundle(deployment("shop"), binding("shop", "ServiceAccount/shop"), role("pods", "create")),
        bundle(
            deployment("shop"),
            binding("shop", "ServiceAccount/shop"),
            role("groups", "impersonate"),
        ),
    ),
    good=(
        bundle(deployment("shop"), binding("shop", "ServiceAccount/shop"), role("pods", "get")),
        bundle(deployment("web"), binding("shop", "ServiceAccount/shop"), role("pods", "create")),
        bundle(deployment("shop"), role("pods", "create")),
    ),
    remediation=(
        "Take these rights from its service account, or grant them in few namespaces by Roles."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    ),
)
def escalating_workload(objects: Bundle) -> Iterator[Evidence]:
    """The rights of its service account lead to any others in the cluster.

    So whoever breaks into one of its pods owns the cluster in a few requests.
    """
    for workload, pod, account, name, way in workloads_with(objects, way_up, {}):
        yield workload.tell(
            f"{pod.at}.serviceAccountName",
            f"its service account {account!r} may {way} by the role {name!r}",
            pod.spec.line_of("serviceAccountName"),
        )
