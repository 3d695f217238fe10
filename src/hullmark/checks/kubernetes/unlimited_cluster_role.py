"""Cluster roles that may do everything."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="unlimited-cluster-role",
    title="Cluster role grants everything on everything",
    severity=Severity.CRITICAL,
    bad=(role('"*"', '"*"', "*"),),
    good=(
        role('"*"', '"*"', "*", kind="Role"),
        role('"*"', "get, list", "*"),
        role('"*"', '"*"', "apps"),
    ),
    remediation="List the verbs and resources that are needed.",
    references=(GUIDE,),
)
def unlimited_cluster_role(subject: Object) -> Iterator[Evidence]:
    """It is cluster-admin by another name.

    Whoever breaks into what is bound to it owns the cluster, its secrets and its nodes.
    """
    for rule in rules_of(subject):
        if rule.is_unlimited:
            yield rule.tell(subject, "it grants every verb on every resource of every API group")
