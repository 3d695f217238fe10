"""Services that share the host's processes."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    pid: host
"""
_BAD_2 = """\
x-common: &common
  pid: ${SPACE:-host}
services:
  agent:
    <<: *common
    image: registry.example/agent:2.4
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    pid: private
  other:
    image: registry.example/agent:2.4
    pid: ${SPACE}
"""


@compose_check(
    id="host-pid-service",
    title="Service shares the host's processes",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove pid: host.",
    references=("https://docs.docker.com/reference/compose-file/services/#pid",),
)
def host_pid_service(compose: Compose) -> Iterator[Evidence]:
    """It sees every process of the host and what each was started with.

    As root it may trace or kill them.
    """
    for each in compose.services():
        if each.body.text("pid") == "host":
            yield each.tell("pid", "pid is that of the host")
