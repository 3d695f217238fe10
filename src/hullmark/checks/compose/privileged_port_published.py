"""Ports below 1024 of the host."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import host_port
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

PRIVILEGED = 1024
MEANT = (80, 443)

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["81:8080", "127.0.0.1:53:53/udp"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["80:8080", "443:8443", "1024:1024", "81"]
"""


@compose_check(
    id="privileged-port-published",
    title="Service answers at a privileged port of the host",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation=(
        "Publish a port from 1024 up, or put the web server that has 80 and 443 before it."
    ),
    references=("https://docs.docker.com/reference/compose-file/services/#ports",),
)
def privileged_port_published(compose: Compose) -> Iterator[Evidence]:
    """Clients trust these ports to be services of the host itself, which only root may start."""
    for each in compose.services():
        for port in each.ports():
            if port.host and 0 < port.host[0] < PRIVILEGED and port.host[0] not in MEANT:
                yield each.tell(port.at, f"it answers at {host_port(port)} of the host", port.line)
