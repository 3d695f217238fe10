"""Services in the host's network."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import networks_of
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import NO_MORE_OF_THE_HOST
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    network_mode: "host"
"""
_BAD_2 = """\
services:
  agent:
    image: registry.example/agent:2.4
    networks: [outside]
networks:
  outside: {external: true, name: host}
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    network_mode: ${MODE}
  web:
    image: registry.example/web:2.4
    networks: [host]
"""


@compose_check(
    id="host-network-service",
    title="Service shares the host's network",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Drop network_mode, and publish the ports that are needed one by one.",
    references=("https://docs.docker.com/reference/compose-file/services/#network_mode",),
    mend=NO_MORE_OF_THE_HOST,
)
def host_network_service(compose: Compose) -> Iterator[Evidence]:
    """It reaches all that listens on the host alone.

    It opens ports that no setting shows, and reads what passes by.
    """
    hosts = {name for name, body in compose.top("networks") if body.text("name") == "host"}
    for each in compose.services():
        if each.body.text("network_mode") == "host":
            yield each.tell("network_mode", "it is in the network of the host")
        for name, line in networks_of(each):
            if name in hosts:
                yield each.tell(f"networks.{name}", "it joins the network of the host", line)
