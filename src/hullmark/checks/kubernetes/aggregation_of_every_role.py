"""Cluster roles made of all others."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: shop}
aggregationRule:
  clusterRoleSelectors: [{}]
rules: []
"""


@object_check(
    "ClusterRole",
    id="aggregation-of-every-role",
    title="Cluster role aggregates every cluster role",
    severity=Severity.CRITICAL,
    bad=(
        _BAD,
        _BAD.replace("{}", "{matchLabels: {}}"),
    ),
    good=(
        _BAD.replace("{}", "{matchLabels: {example.com/to-shop: 'true'}}"),
        _BAD.replace("[{}]", "[]"),
    ),
    remediation="Select by a label that only the roles have which belong into it.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles",
    ),
)
def aggregation_of_every_role(subject: Object) -> Iterator[Evidence]:
    """An empty selector matches every cluster role, cluster-admin as well.

    So this role grants everything.
    """
    selectors = subject.body.map("aggregationRule").items_of("clusterRoleSelectors")
    for index, each in enumerate(selectors):
        if isinstance(each, Map) and not (each.get("matchLabels") or each.get("matchExpressions")):
            yield subject.tell(
                f"aggregationRule.clusterRoleSelectors[{index}]",
                "the empty selector matches every cluster role",
                selectors.line_of(index),
            )
