"""Services that share the host's user namespace."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    userns_mode: host
"""
_BAD_2 = """\
x-common: &common
  userns_mode: ${SPACE:-host}
services:
  agent:
    <<: *common
    image: registry.example/agent:2.4
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    userns_mode: private
  other:
    image: registry.example/agent:2.4
    userns_mode: ${SPACE}
"""


@compose_check(
    id="host-user-namespace-service",
    title="Service shares the host's user namespace",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove userns_mode: host.",
    references=("https://docs.docker.com/reference/compose-file/services/#userns_mode",),
)
def host_user_namespace_service(compose: Compose) -> Iterator[Evidence]:
    """Root in it is root of the host again, though the engine was told to keep them apart."""
    for each in compose.services():
        if each.body.text("userns_mode") == "host":
            yield each.tell("userns_mode", "userns_mode is that of the host")
