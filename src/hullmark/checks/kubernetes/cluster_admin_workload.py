"""Workloads that own the cluster."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.rbac import GUIDE, rules_of, workloads_with
from hullmark.checks.rbac_samples import binding, bundle, deployment, role
from hullmark.model import Evidence, Severity

_ANYTHING = "do everything"
_ALL = role('"*"', '"*"', "*")


@bundle_check(
    id="cluster-admin-workload",
    title="Workload runs as cluster-admin",
    severity=Severity.CRITICAL,
    bad=(
        bundle(deployment("shop"), binding("cluster-admin", "ServiceAccount/shop")),
        bundle(deployment("shop"), binding("shop", "ServiceAccount/shop"), _ALL),
    ),
    good=(
        bundle(deployment("shop"), binding("view", "ServiceAccount/shop")),
        bundle(deployment("web"), binding("cluster-admin", "ServiceAccount/shop")),
        bundle(
            deployment("shop").replace(
                "containers", "automountServiceAccountToken: false\n      containers"
            ),
            binding("cluster-admin", "ServiceAccount/shop"),
        ),
        bundle(
            deployment("shop"), binding("cluster-admin", "ServiceAccount/shop", namespace="web")
        ),
    ),
    remediation=(
        "Bind its service account to a role with the verbs and resources that are needed."
    ),
    references=(GUIDE,),
)
def cluster_admin_workload(objects: Bundle) -> Iterator[Evidence]:
    """Its pods hold a token that may do everything.

    Whoever breaks into one of them owns the cluster.
    """
    built_in = {"cluster-admin": _ANYTHING}
    for workload, pod, account, name, _ in workloads_with(objects, _power, built_in):
        yield workload.tell(
            f"{pod.at}.serviceAccountName",
            f"its service account {account!r} has the role {name!r} in the whole cluster",
            pod.spec.line_of("serviceAccountName"),
        )


def _power(role: Object) -> str:
    return _ANYTHING if any(rule.is_unlimited for rule in rules_of(role)) else ""
