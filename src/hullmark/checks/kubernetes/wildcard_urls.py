"""Cluster roles for all paths of the API server."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import MANUAL, rules_of
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: shop}
rules:
- nonResourceURLs: ["/*"]
  verbs: [get]
"""


@object_check(
    "ClusterRole",
    id="wildcard-urls",
    title="Cluster role grants every path of the API server",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(
        _BAD.replace("/*", "/healthz"),
        _BAD.replace("/*", "/api/*"),
    ),
    remediation="List the paths that are needed, such as /healthz.",
    references=(MANUAL,),
)
def wildcard_urls(subject: Object) -> Iterator[Evidence]:
    """Besides resources the API server serves metrics, profiles, logs and flags.

    They show what the cluster does, and profiling slows it down.
    """
    for rule in rules_of(subject):
        if {"*", "/*"} & {*rule.urls}:
            yield rule.tell(subject, "it grants every path of the API server", "nonResourceURLs")
