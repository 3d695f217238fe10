"""Services that share the host's cgroup namespace."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    cgroup: host
"""
_BAD_2 = """\
x-common: &common
  cgroup: ${SPACE:-host}
services:
  agent:
    <<: *common
    image: registry.example/agent:2.4
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    cgroup: private
  other:
    image: registry.example/agent:2.4
    cgroup: ${SPACE}
"""


@compose_check(
    id="host-cgroup-namespace-service",
    title="Service shares the host's cgroup namespace",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove cgroup: host.",
    references=("https://docs.docker.com/reference/compose-file/services/#cgroup",),
)
def host_cgroup_namespace_service(compose: Compose) -> Iterator[Evidence]:
    """It sees the control groups of all containers.

    With a writable mount of them it may leave its own.
    """
    for each in compose.services():
        if each.body.text("cgroup") == "host":
            yield each.tell("cgroup", "cgroup is that of the host")
