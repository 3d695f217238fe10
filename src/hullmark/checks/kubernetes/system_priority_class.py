"""Workloads that take precedence over the cluster's own."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_CLASSES = ("system-node-critical", "system-cluster-critical")
_SYSTEMS = ("kube-", "openshift", "gke-", "gmp-", "calico-", "tigera-")
"""Beginnings of the namespaces of what clusters are made of."""

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      priorityClassName: system-cluster-critical
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


@pod_check(
    id="system-priority-class",
    needs=("priorityClassName",),
    title="Workload has the priority of the cluster's own pods",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("-cluster-", "-node-")),
    good=(
        _BAD.replace("namespace: shop", "namespace: kube-system"),
        _BAD.replace("system-cluster-critical", "shop-critical"),
    ),
    remediation="Define a PriorityClass of your own below those of the system.",
    references=(
        "https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",
    ),
    mend=drop(says="remove the class", breaks="lets other pods drive it off a node", risky=True),
)
def system_priority_class(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It drives other pods off the nodes, those of monitoring and network as well.

    Whoever can scale it up takes the cluster down.
    """
    name = pod.spec.text("priorityClassName")
    if name in _CLASSES and subject.namespace and not subject.namespace.startswith(_SYSTEMS):
        yield subject.tell(
            f"{pod.at}.priorityClassName",
            f"{subject.name} in namespace {subject.namespace!r} has the priority class {name}",
            pod.spec.line_of("priorityClassName"),
        )
