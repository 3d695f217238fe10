"""Cluster roles that add power to edit or admin."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, RBAC, is_aggregated, listed, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_LABELS = "name: shop, labels: {rbac.authorization.k8s.io/aggregate-to-edit: 'true'}"


def _role(resources: str, verbs: str, group: str = "") -> str:
    return role(resources, verbs, group).replace("name: shop", _LABELS)


_POWER = {RBAC: ("roles", "clusterroles"), CORE: ("users", "groups", "nodes/proxy")}
_VERBS = ("escalate", "bind", "impersonate")


@object_check(
    "ClusterRole",
    id="powerful-edit-role",
    title="Aggregated role lets editors raise their own rights",
    severity=Severity.HIGH,
    bad=(
        _role("clusterroles", "bind", RBAC),
        _role("users", "impersonate"),
        _role('"*"', '"*"', "*"),
    ),
    good=(
        _role("crontabs", '"*"', "stable.example.com"),
        role("users", "impersonate"),
        _role("roles", "get, list", RBAC),
    ),
    remediation="Leave out the verbs escalate, bind and impersonate, and wildcards.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles",
    ),
)
def powerful_edit_role(subject: Object) -> Iterator[Evidence]:
    """The rules become part of the built-in roles edit or admin.

    These are made so that who has them stays in his namespace.
    """
    to = [each for each in ("edit", "admin") if is_aggregated(subject, each)]
    for rule in rules_of(subject) if to else ():
        if rule.is_unlimited or (rule.named(_POWER) and rule.allowed(_VERBS)):
            says = f"it adds {listed(rule.verbs)} on {listed(rule.resources)} to {listed(to)}"
            yield rule.tell(subject, says)
