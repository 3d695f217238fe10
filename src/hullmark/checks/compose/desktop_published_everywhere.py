"""Remote desktops, open to everybody."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import published
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import ON_LOOPBACK
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image.desktop_port_exposed import PORTS
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["3389:3389"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["5901:5901"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["127.0.0.1:5901:5901", "590:590"]
"""


@compose_check(
    id="desktop-published-everywhere",
    title="Remote desktop is published on all interfaces",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Publish it on 127.0.0.1, and reach it through a tunnel.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#ports",
        "https://docs.docker.com/engine/network/port-publishing/",
    ),
    mend=ON_LOOPBACK,
)
def desktop_published_everywhere(compose: Compose) -> Iterator[Evidence]:
    """Remote desktops are guessed at all day; VNC and X11 know short passwords or none."""
    yield from published(compose, PORTS)
