"""Services that may change their network."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  vpn:
    image: registry.example/vpn:2.4
    cap_add: [NET_ADMIN]
"""
_GOOD = """\
services:
  vpn:
    image: registry.example/vpn:2.4
    cap_add: [NET_BIND_SERVICE]
"""


@compose_check(
    id="network-capability-service",
    title="Service may change its network",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Remove it; give it at most to the one service that builds the tunnel.",
    references=("https://docs.docker.com/reference/compose-file/services/#cap_add",),
    mend=DROPPED_CAPABILITY,
)
def network_capability_service(compose: Compose) -> Iterator[Evidence]:
    """It sets addresses, routes and filters.

    So it can answer in the name of its neighbours and read what is meant for them.
    """
    for each in compose.services():
        for text, line, at in each.entries("cap_add"):
            name = text.upper().removeprefix("CAP_")
            if name in ("NET_ADMIN", "NET_BROADCAST"):
                yield each.tell(at, f"it is given the capability {name}", line)
