"""Roles for all resources of the core group."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import ANY, CORE, GUIDE, ROLES, PolicyRule, listed, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


def _verbs(rule: PolicyRule) -> str:
    return "every verb" if ANY in rule.verbs else listed(rule.verbs)


@object_check(
    *ROLES,
    id="wildcard-core-resources",
    title="Role grants verbs on every core resource",
    severity=Severity.HIGH,
    bad=(
        role('"*"', "get, list"),
        role('"*"', "get", "*", kind="Role"),
    ),
    good=(
        role("pods, services", "get, list"),
        role('"*"', "get", "apps"),
        role('"*"', '"*"', "*"),
    ),
    remediation="List the resources that are needed, and leave out secrets.",
    references=(GUIDE,),
)
def wildcard_core_resources(subject: Object) -> Iterator[Evidence]:
    """The core group has secrets, pods and their exec, and service accounts with their tokens.

    A role that only means to look reads all passwords by it.
    """
    for rule in rules_of(subject):
        if (
            ANY in rule.resources
            and {ANY, CORE} & {*rule.groups}
            and rule.verbs
            and not rule.is_unlimited
        ):
            yield rule.tell(
                subject, f"it grants {_verbs(rule)} on every core resource, secrets as well"
            )
