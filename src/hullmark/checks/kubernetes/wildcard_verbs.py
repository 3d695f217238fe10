"""Roles that grant every verb."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import ANY, GUIDE, ROLES, listed, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="wildcard-verbs",
    title="Role grants every verb",
    severity=Severity.MEDIUM,
    bad=(
        role("deployments", '"*"', "apps"),
        role("pods", "get, '*'", kind="Role"),
    ),
    good=(
        role("deployments", "get, list, watch", "apps"),
        role('"*"', '"*"', "*"),
    ),
    remediation="List the verbs that are needed.",
    references=(GUIDE,),
)
def wildcard_verbs(subject: Object) -> Iterator[Evidence]:
    """The wildcard grants deletion, too, and what one does not think of.

    Such are the verbs escalate, bind and impersonate.
    """
    for rule in rules_of(subject):
        if ANY in rule.verbs and rule.resources and not rule.is_unlimited:
            yield rule.tell(subject, f"it grants every verb on {listed(rule.resources)}", "verbs")
