"""Databases that every interface of the host answers for."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import published
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import ON_LOOPBACK
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image.database_port_exposed import PORTS
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["5432:5432", 3306]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: [{target: 27017, published: 27017}, "0.0.0.0:16379:6379"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["127.0.0.1:5432:5432", "5433:5433", "8080:80"]
"""


@compose_check(
    id="database-published-everywhere",
    title="Database is published on all interfaces",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Let services reach it by their network alone, or publish it on 127.0.0.1.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#ports",
        "https://docs.docker.com/engine/network/port-publishing/",
    ),
    mend=ON_LOOPBACK,
)
def database_published_everywhere(compose: Compose) -> Iterator[Evidence]:
    """Databases on open addresses are found within hours, and emptied or held to ransom."""
    yield from published(compose, PORTS)
