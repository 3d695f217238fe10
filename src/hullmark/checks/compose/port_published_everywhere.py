"""Ports that every interface of the host answers."""

from collections.abc import Iterator

from hullmark.checks.compose import debugger_published_everywhere as debuggers
from hullmark.checks.compose_facts import host_port
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import ON_LOOPBACK
from hullmark.checks.compose_parts import Port
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image import (
    cleartext_login_port,
    control_port_exposed,
    database_port_exposed,
    desktop_port_exposed,
)
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

MEANT = (80, 443)
"""Ports of web servers, which are there for everybody."""

TOLD_ELSEWHERE = frozenset(
    (
        22,
        *cleartext_login_port.PORTS,
        *control_port_exposed.PORTS,
        *database_port_exposed.PORTS,
        *debuggers.PORTS,
        *desktop_port_exposed.PORTS,
    )
)
"""Ports of which checks of their own tell."""


def _is_told_elsewhere(port: Port) -> bool:
    if port.inside is None or port.protocol != "tcp":
        return False
    return any(port.leads_to(number) for number in TOLD_ELSEWHERE)


_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    ports:
      - "8080:80"
      - 0.0.0.0:9000:9000
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    ports:
      - {target: 8080, published: "8080", host_ip: "::"}
      - "3000-3005"
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["127.0.0.1:8080:80", "80:80", "443:8443", "${ADDRESS}:81:81", "[::1]:82:82"]
  near:
    image: registry.example/web:2.4
    network_mode: service:web
    expose: [9000]
  db:
    image: postgres:17.2
    ports: ["5432:5432"]
"""


@compose_check(
    id="port-published-everywhere",
    title="Port is published on all interfaces",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation=(
        "Write the address it is meant for (127.0.0.1:8080:80), or let services use their network."
    ),
    references=(
        "https://docs.docker.com/reference/compose-file/services/#ports",
        "https://docs.docker.com/engine/network/port-publishing/",
    ),
    mend=ON_LOOPBACK,
)
def port_published_everywhere(compose: Compose) -> Iterator[Evidence]:
    """Everybody who reaches the host reaches the port.

    Rules of many firewalls do not hold for ports that the engine opens.
    """
    for each in compose.services():
        for port in each.ports():
            meant = any(port.answers_at(number) for number in MEANT)
            if port.is_everywhere and not meant and not _is_told_elsewhere(port):
                says = f"{short(port.written)} opens {host_port(port)} on all interfaces"
                yield each.tell(port.at, says, port.line)
