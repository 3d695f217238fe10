"""Services that open a port on every node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports:
  - {port: 80, targetPort: 8080, nodePort: 30080}
"""


@object_check(
    "Service",
    id="node-port-service",
    title="Service opens a port on every node",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_BAD.replace("NodePort", "ClusterIP"), _BAD.replace("  type: NodePort\n", "")),
    remediation="Use type ClusterIP, and let an ingress or a gateway lead clients to it.",
    references=("https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",),
)
def node_port_service(subject: Object) -> Iterator[Evidence]:
    """Whoever reaches any node reaches the service, past the ingress and its TLS and logs.

    The port is open on all addresses of all nodes, public ones too.
    """
    if not subject.group and subject.spec.text("type") == "NodePort":
        yield subject.tell(
            "spec.type", "is reached by a port of every node", subject.spec.line_of("type")
        )
