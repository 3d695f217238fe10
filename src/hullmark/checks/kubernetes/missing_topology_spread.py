"""Replicas that may all be on one node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_workloads import REPLICATED, is_whole, replicas
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  template:
    spec:
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""
_SPREAD = "      topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname}]\n"
_AFFINITY = """\
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1}]
"""


@object_check(
    *REPLICATED,
    id="missing-topology-spread",
    title="Replicas are not spread over nodes",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("Deployment", "StatefulSet")),
    good=(_BAD + _SPREAD, _BAD + _AFFINITY, _BAD.replace("replicas: 3", "replicas: 1")),
    remediation="Add topologySpreadConstraints by node and zone, or a podAntiAffinity.",
    references=(
        "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    ),
)
def missing_topology_spread(subject: Object) -> Iterator[Evidence]:
    """The scheduler may place all of them on one node, which takes the service with it."""
    pod = subject.pod
    if pod is None or replicas(subject) <= 1 or not is_whole(subject):
        return
    spread = pod.spec.maps("topologySpreadConstraints")
    if spread or pod.spec.map("affinity").map("podAntiAffinity"):
        return
    yield subject.tell(
        f"{pod.at}.topologySpreadConstraints",
        f"{subject.name} has {replicas(subject)} replicas and no topology spread constraint or "
        "anti-affinity",
        pod.spec.line,
    )
