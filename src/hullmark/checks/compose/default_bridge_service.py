"""Services in the engine's own bridge."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    network_mode: bridge
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    networks: [bridge]
  lone:
    image: registry.example/web:2.4
    network_mode: none
networks: {bridge: {}}
"""


@compose_check(
    id="default-bridge-service",
    title="Service is in the default bridge network",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Drop network_mode: compose makes a network for the project.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#network_mode",
        "https://docs.docker.com/engine/network/drivers/bridge/",
    ),
    mend=drop(
        says="give it the network of the file", breaks="leaves the default bridge", risky=True
    ),
)
def default_bridge_service(compose: Compose) -> Iterator[Evidence]:
    """Every container that names no network is in there too, and all of them reach each other."""
    for each in compose.services():
        if each.body.text("network_mode") in ("bridge", "default"):
            yield each.tell("network_mode", "it is in the default bridge network")
