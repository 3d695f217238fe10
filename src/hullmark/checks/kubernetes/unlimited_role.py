"""Roles that may do everything in their namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "Role",
    id="unlimited-role",
    title="Role grants everything on everything in its namespace",
    severity=Severity.HIGH,
    bad=(role('"*"', '"*"', "*", kind="Role"),),
    good=(
        role('"*"', '"*"', "*"),
        role('"*"', "get", "*", kind="Role"),
    ),
    remediation="List the verbs and resources that are needed.",
    references=(GUIDE,),
)
def unlimited_role(subject: Object) -> Iterator[Evidence]:
    """Whoever breaks into what is bound to it has all secrets and pods of the namespace.

    It also gets what will be added to the API.
    """
    for rule in rules_of(subject):
        if rule.is_unlimited:
            yield rule.tell(subject, "it grants every verb on every resource of every API group")
