"""Probes of ports that a container does not have."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    ports: [{name: http, containerPort: 8080}]
    livenessProbe: {httpGet: {path: /health, port: web}}
"""


@pod_check(
    id="undeclared-probe-port",
    needs=("livenessProbe", "readinessProbe", "startupProbe"),
    title="Probe names a port that the container does not declare",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("livenessProbe: {httpGet", "startupProbe: {tcpSocket")),
    good=(_BAD.replace("port: web", "port: http"), _BAD.replace("port: web", "port: 9090")),
    remediation="Declare the port by this name, or name one that is declared.",
    references=(
        "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    ),
)
def undeclared_probe_port(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The probe can never succeed: the container is restarted for ever, or gets no requests."""
    for each in pod.containers():
        if "image" not in each.body:
            continue
        names = {one.text("name") for one in each.body.maps("ports")}
        for probe in _PROBES:
            for handler in ("httpGet", "tcpSocket"):
                body = each.body.map(probe).map(handler)
                port = body.text("port")
                if port and not port.isdigit() and port not in names:
                    yield subject.tell(
                        f"{each.at}.{probe}.{handler}.port",
                        f"the {probe} of container {each.name!r} asks port {port!r}, which it "
                        "does not declare",
                        body.line_of("port"),
                    )
