"""SSH servers in services."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import published
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import ON_LOOPBACK
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["2222:22"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: [22]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["127.0.0.1:2222:22", "2222:2222"]
"""


@compose_check(
    id="ssh-published-everywhere",
    title="SSH is published on all interfaces",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation=(
        "Use docker exec for maintenance; publish SSH on an inner address where people need it."
    ),
    references=(
        "https://docs.docker.com/reference/compose-file/services/#ports",
        "https://docs.docker.com/engine/network/port-publishing/",
    ),
    mend=ON_LOOPBACK,
)
def ssh_published_everywhere(compose: Compose) -> Iterator[Evidence]:
    """Passwords are guessed there all day.

    Who logs in is past all that guards the service.
    """
    yield from published(compose, {22: "SSH"})
