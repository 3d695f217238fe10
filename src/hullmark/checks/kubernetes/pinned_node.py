"""Pods that run on one node or nowhere."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_workloads import is_dumped
from hullmark.model import Evidence, Severity

_HOST = "kubernetes.io/hostname"

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  nodeName: worker-3
  containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


@pod_check(
    id="pinned-node",
    needs=("nodeName", "nodeSelector"),
    title="Pod is pinned to one node",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("nodeName: worker-3", "nodeSelector: {kubernetes.io/hostname: a}")),
    good=(
        _BAD.replace("nodeName: worker-3", "nodeSelector: {disk: ssd}"),
        _BAD.replace("name: web", "name: web, uid: 1f0a", 1),
    ),
    remediation="Select nodes by what the pod needs of them, with labels that several have.",
    references=(
        "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename",
    ),
)
def pinned_node(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """When the node is gone, so is the service; nodeName passes by the scheduler and its taints.

    Who may choose the node may place a pod beside secrets and on the control plane.
    """
    if is_dumped(subject):
        return
    name, selector = pod.spec.text("nodeName"), pod.spec.map("nodeSelector")
    if name:
        yield subject.tell(
            f"{pod.at}.nodeName",
            f"{subject.name} is pinned to node {name!r}",
            pod.spec.line_of("nodeName"),
        )
    if _HOST in selector:
        yield subject.tell(
            f"{pod.at}.nodeSelector[{_HOST!r}]",
            f"{subject.name} is pinned to node {selector.text(_HOST)!r}",
            selector.line_of(_HOST),
        )
