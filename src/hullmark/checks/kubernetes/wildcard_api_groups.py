"""Roles for all API groups."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import ANY, GUIDE, ROLES, listed, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="wildcard-api-groups",
    title="Role grants verbs on resources of every API group",
    severity=Severity.LOW,
    bad=(
        role("deployments", "get, list", "*"),
        role("events", "create", "*", kind="Role"),
    ),
    good=(
        role("deployments", "get, list", "apps"),
        role('"*"', '"*"', "*"),
    ),
    remediation="Name the API group of each resource; that of the core is the empty text.",
    references=(GUIDE,),
)
def wildcard_api_groups(subject: Object) -> Iterator[Evidence]:
    """Whoever adds an API with a resource of that name extends the role."""
    for rule in rules_of(subject):
        if ANY in rule.groups and rule.resources and ANY not in rule.resources:
            yield rule.tell(
                subject, f"it grants {listed(rule.resources)} of every API group", "apiGroups"
            )
