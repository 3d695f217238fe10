"""Consoles of administrators, open to everybody."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import ON_LOOPBACK
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

CONSOLES = frozenset(
    """
    adminer cadvisor dozzle elasticsearch-head flower kafka-ui kafdrop kibana mongo-express pgadmin4
    phpmyadmin phpredisadmin portainer portainer-ce portainer-ee rabbitmq-management
    redis-commander redisinsight rockmongo swarmpit yacht
    """.split()  # noqa: SIM905 - a list of so many words reads as text
)
"""Images of nothing but such a console."""

_BAD_1 = """\
services:
  admin:
    image: phpmyadmin:5.2
    ports: ["8081:80"]
"""
_BAD_2 = """\
services:
  admin:
    image: portainer/portainer-ce:${VERSION:-2.21.4}
    ports: [9443:9443]
"""
_GOOD = """\
services:
  admin:
    image: adminer:4.8.1
    ports: ["127.0.0.1:8081:8080"]
  web:
    image: registry.example/web:2.4
    ports: ["80:80"]
"""


@compose_check(
    id="admin-console-published-everywhere",
    title="Administration console is published on all interfaces",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Publish it on 127.0.0.1, or put a proxy that asks for a login before it.",
    references=("https://docs.docker.com/reference/compose-file/services/#ports",),
    mend=ON_LOOPBACK,
)
def admin_console_published_everywhere(compose: Compose) -> Iterator[Evidence]:
    """Who guesses or knows one password there rules the data or the engine behind it."""
    for each in compose.services():
        for port in each.ports() if each.image_name in CONSOLES else ():
            if port.is_everywhere:
                says = f"{short(port.written)} opens {each.image_name} on all interfaces"
                yield each.tell(port.at, says, port.line)
