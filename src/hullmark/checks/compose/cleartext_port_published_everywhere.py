"""Protocols without encryption, open to everybody."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import published
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import ON_LOOPBACK
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image.cleartext_login_port import PORTS
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["23:23"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["2121:21"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["127.0.0.1:23:23", "22:22"]
"""


@compose_check(
    id="cleartext-port-published-everywhere",
    title="Port of a protocol that sends passwords in clear text is published",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Use SSH, SFTP or HTTPS for what it was there for.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#ports",
        "https://docs.docker.com/engine/network/port-publishing/",
    ),
    mend=ON_LOOPBACK,
)
def cleartext_port_published_everywhere(compose: Compose) -> Iterator[Evidence]:
    """Whoever listens on the way reads user and password, and may change what is sent."""
    yield from published(compose, PORTS)
