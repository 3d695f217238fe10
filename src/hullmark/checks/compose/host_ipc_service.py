"""Services that share the host's shared memory."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    ipc: host
"""
_BAD_2 = """\
x-common: &common
  ipc: ${SPACE:-host}
services:
  agent:
    <<: *common
    image: registry.example/agent:2.4
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    ipc: private
  other:
    image: registry.example/agent:2.4
    ipc: ${SPACE}
"""


@compose_check(
    id="host-ipc-service",
    title="Service shares the host's shared memory",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation=("Remove ipc: host, or share the memory of one service alone (ipc: service:NAME)."),
    references=("https://docs.docker.com/reference/compose-file/services/#ipc",),
)
def host_ipc_service(compose: Compose) -> Iterator[Evidence]:
    """It reads and changes the memory that programs of the host share with each other."""
    for each in compose.services():
        if each.body.text("ipc") == "host":
            yield each.tell("ipc", "ipc is that of the host")
