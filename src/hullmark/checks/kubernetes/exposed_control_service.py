"""Interfaces that command a node or the cluster, reached from outside."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import exposed_ports, way_in
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: builder}
spec:
  type: NodePort
  selector: {app: dind}
  ports:
  - {port: 2375}
"""
_CONTROLS = {
    2375: "the Docker API",
    2376: "the Docker API",
    2377: "the Swarm manager",
    2379: "etcd",
    2380: "etcd",
    4243: "the Docker API",
    10250: "the kubelet",
    10255: "the kubelet",
    10257: "the controller manager",
    10259: "the scheduler",
    44134: "Tiller",
}
"""Ports of interfaces that command containers, nodes or the cluster, or tell all of them."""


@object_check(
    "Service",
    id="exposed-control-service",
    title="Control interface is reached from outside of the cluster",
    severity=Severity.CRITICAL,
    bad=(_BAD, _BAD.replace("NodePort", "LoadBalancer").replace("2375", "443, targetPort: 2379")),
    good=(_BAD.replace("NodePort", "ClusterIP"), _BAD.replace("2375", "8080")),
    remediation="Remove the service, or use type ClusterIP and a network policy for its clients.",
    references=(
        "https://kubernetes.io/docs/reference/networking/ports-and-protocols/",
        "https://docs.docker.com/engine/security/protect-access/",
    ),
)
def exposed_control_service(subject: Object) -> Iterator[Evidence]:
    """Who reaches such an interface starts containers or reads all secrets.

    That is the whole node or cluster, often without any login.
    """
    way = way_in(subject)
    if not way:
        return
    for index, port, numbers in exposed_ports(subject):
        for number in sorted(numbers & _CONTROLS.keys())[:1]:
            yield subject.tell(
                f"spec.ports[{index}]",
                f"{_CONTROLS[number]} at port {number} is reached by {way}",
                port.line,
            )
