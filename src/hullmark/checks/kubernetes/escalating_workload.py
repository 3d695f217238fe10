"""Workloads that can become cluster-admin."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.rbac import CORE, RBAC, WORKLOADS, rules_of, workloads_with
from hullmark.checks.rbac_samples import binding, bundle, deployment, role
from hullmark.model import Evidence, Severity

_WAYS = (
    ("create pods", {CORE: ("pods",)}, ("create",)),
    ("create workloads", WORKLOADS, ("create", "update", "patch")),
    ("run commands in pods", {CORE: ("pods/exec",)}, ("create",)),
    ("reach kubelets", {CORE: ("nodes/proxy",)}, ("get", "create")),
    ("issue tokens", {CORE: ("serviceaccounts/token",)}, ("create",)),
    ("impersonate", {CORE: ("users", "groups", "serviceaccounts")}, ("impersonate",)),
    ("escalate roles", {RBAC: ("roles", "clusterroles")}, ("escalate", "bind")),
)
"""What each leads to all rights, the resources and the verbs that it takes."""


def _way(role: Object) -> str:
    for rule in rules_of(role):
        for way, what, verbs in _WAYS if not rule.names else ():
            if rule.named(what) and rule.allowed(verbs):
                return way
    return ""


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
    ways = {each.metadata.text("name"): _way(each) for each in objects.of("ClusterRole")}
    leading = {name for name, way in ways.items() if way}
    for workload, pod, account, name in workloads_with(objects, leading):
        yield workload.tell(
            f"{pod.at}.serviceAccountName",
            f"its service account {account!r} may {ways[name]} by the role {name!r}",
            pod.spec.line_of("serviceAccountName"),
        )
