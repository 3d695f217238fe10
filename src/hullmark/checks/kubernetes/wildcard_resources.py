"""Roles for all resources of an API group."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import ANY, CORE, GUIDE, ROLES, listed, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="wildcard-resources",
    title="Role grants verbs on every resource of an API group",
    severity=Severity.MEDIUM,
    bad=(
        role('"*"', "get, list", "apps"),
        role("deployments, '*'", "patch", "apps", kind="Role"),
    ),
    good=(
        role("deployments", "get", "apps"),
        role('"*"', "get"),
        role('"*"', '"*"', "*"),
    ),
    remediation="List the resources that are needed.",
    references=(GUIDE,),
)
def wildcard_resources(subject: Object) -> Iterator[Evidence]:
    """It grants what the group has today and whatever is added to it.

    That includes subresources that run commands or change limits.
    """
    for rule in rules_of(subject):
        if ANY in rule.resources and rule.groups and not {ANY, CORE} & {*rule.groups}:
            yield rule.tell(subject, f"it grants every resource of {listed(rule.groups)}")
