"""Debuggers that take orders from everybody."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import published
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import ON_LOOPBACK
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

PORTS = {
    1043: "a debugger of JVMs",
    2345: "the debugger of Go",
    4711: "a debugger of PHP",
    5005: "the debugger of JVMs",
    5678: "the debugger of Python",
    8787: "the debugger of JVMs",
    9229: "the inspector of Node.js",
    9230: "the inspector of Node.js",
}
"""Ports where debuggers listen unless they are told otherwise."""

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["9229:9229"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["5005:5005", {target: 5678, published: 15678}]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ports: ["127.0.0.1:9229:9229", "9228:9228"]
"""


@compose_check(
    id="debugger-published-everywhere",
    title="Debugger's port is published on all interfaces",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Publish it on 127.0.0.1, and only where somebody debugs.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#ports",
        "https://docs.docker.com/engine/network/port-publishing/",
    ),
    mend=ON_LOOPBACK,
)
def debugger_published_everywhere(compose: Compose) -> Iterator[Evidence]:
    """A debugger asks nobody for a password, and runs whatever code it is sent."""
    yield from published(compose, PORTS)
