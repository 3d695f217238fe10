"""Services that share the host's host name."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    uts: host
"""
_BAD_2 = """\
x-common: &common
  uts: ${SPACE:-host}
services:
  agent:
    <<: *common
    image: registry.example/agent:2.4
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    uts: private
  other:
    image: registry.example/agent:2.4
    uts: ${SPACE}
"""


@compose_check(
    id="host-uts-service",
    title="Service shares the host's host name",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove uts: host.",
    references=("https://docs.docker.com/reference/compose-file/services/#uts",),
)
def host_uts_service(compose: Compose) -> Iterator[Evidence]:
    """It may rename the host where it has the capability, and logs then tell of another machine."""
    for each in compose.services():
        if each.body.text("uts") == "host":
            yield each.tell("uts", "uts is that of the host")
