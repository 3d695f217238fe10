"""Rules for subresources that grant nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import MANUAL, ROLES, listed, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="subresource-wildcard",
    title="Rule for all subresources grants nothing",
    severity=Severity.LOW,
    bad=(
        role("pods/*", "get"),
        role("deployments, deployments/*", "patch", "apps", kind="Role"),
    ),
    good=(
        role("pods/log", "get"),
        role('"*/scale"', "patch", "apps"),
        role('"*"', "get"),
    ),
    remediation="Name each subresource, such as pods/log.",
    references=(MANUAL,),
)
def subresource_wildcard(subject: Object) -> Iterator[Evidence]:
    """Kubernetes knows no wildcard behind the slash, so what relies on it fails.

    It is then often given everything instead.
    """
    for rule in rules_of(subject):
        without_effect = [each for each in rule.resources if each.endswith("/*")]
        if without_effect:
            yield rule.tell(subject, f"{listed(without_effect)} matches no resource")
