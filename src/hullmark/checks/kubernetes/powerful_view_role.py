"""Cluster roles that add power to view."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import ANY, CORE, READS, is_aggregated, listed, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_LABELS = "name: shop, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}"


def _role(resources: str, verbs: str, group: str = "") -> str:
    return role(resources, verbs, group).replace("name: shop", _LABELS)


_SHUT = {
    CORE: (
        "secrets",
        "pods/exec",
        "pods/attach",
        "pods/portforward",
        "pods/proxy",
        "services/proxy",
        "nodes/proxy",
    )
}
"""What lets do more than look, though the verb is get."""


@object_check(
    "ClusterRole",
    id="powerful-view-role",
    title="Aggregated role lets viewers change things or read secrets",
    severity=Severity.HIGH,
    bad=(
        _role("secrets", "get"),
        _role("crontabs", "get, update", "stable.example.com"),
        _role("pods/exec", "get"),
    ),
    good=(
        _role("crontabs", "get, list, watch", "stable.example.com"),
        role("secrets", "get"),
        _role("secrets", "get").replace("to-view", "to-edit"),
    ),
    remediation=(
        "Aggregate to view only get, list and watch, and no secrets; aggregate the rest to "
        "edit or admin."
    ),
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles",
    ),
)
def powerful_view_role(subject: Object) -> Iterator[Evidence]:
    """The rules become part of the built-in role view.

    People and tools get it because it is harmless.
    """
    for rule in rules_of(subject) if is_aggregated(subject, "view") else ():
        changes = [each for each in rule.verbs if each not in READS]
        of_core = {ANY, CORE} & {*rule.groups}
        reads = rule.named(_SHUT) or (of_core and ANY in rule.resources)
        if (changes or reads) and (rule.resources or rule.urls):
            what = listed(rule.resources or rule.urls)
            yield rule.tell(subject, f"it adds {listed(rule.verbs)} on {what} to view")
