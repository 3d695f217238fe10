"""Engines and clusters that every interface of the host answers for."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import published
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import ON_LOOPBACK
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image.control_port_exposed import PORTS
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["2375:2375"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["12379:2379", {target: 10250, published: 10250}]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["127.0.0.1:2375:2375", "8375:8375"]
"""


@compose_check(
    id="control-port-published-everywhere",
    title="Port that rules an engine or cluster is published on all interfaces",
    severity=Severity.CRITICAL,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Do not publish it, and ask those who need it for client certificates.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#ports",
        "https://docs.docker.com/engine/network/port-publishing/",
    ),
    mend=ON_LOOPBACK,
)
def control_port_published_everywhere(compose: Compose) -> Iterator[Evidence]:
    """Who reaches such a port starts containers on the node, or reads secrets of the cluster."""
    yield from published(compose, PORTS)
