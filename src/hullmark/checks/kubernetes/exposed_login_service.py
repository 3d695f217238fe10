"""Remote logins that are reached from outside."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import exposed_ports, way_in
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: jump}
spec:
  type: NodePort
  selector: {app: jump}
  ports:
  - {name: ssh, port: 2022, targetPort: 22}
  - {name: web, port: 80}
"""
_LOGINS = {
    22: "SSH",
    23: "Telnet",
    512: "rexec",
    513: "rlogin",
    514: "rsh",
    3389: "RDP",
    5900: "VNC",
    5901: "VNC",
    5985: "WinRM",
    5986: "WinRM",
}
"""Ports at which one logs in, by their registered services."""


@object_check(
    "Service",
    id="exposed-login-service",
    title="Remote login is reached from outside of the cluster",
    severity=Severity.HIGH,
    bad=(
        _BAD,
        _BAD.replace("NodePort", "LoadBalancer").replace("targetPort: 22", "targetPort: 23"),
    ),
    good=(_BAD.replace("NodePort", "ClusterIP"), _BAD.replace("targetPort: 22", "targetPort: 80")),
    remediation="Use type ClusterIP, and reach the login by kubectl exec or port-forward.",
    references=("https://kubernetes.io/docs/concepts/security/security-checklist/",),
)
def exposed_login_service(subject: Object) -> Iterator[Evidence]:
    """Passwords and keys can be tried from outside, and a login is a shell within the cluster."""
    way = way_in(subject)
    if not way:
        return
    for index, port, numbers in exposed_ports(subject):
        if port.text("protocol") == "UDP":
            continue
        for number in sorted(numbers & _LOGINS.keys())[:1]:
            yield subject.tell(
                f"spec.ports[{index}]",
                f"{_LOGINS[number]} at port {number} is reached by {way}",
                port.line,
            )
