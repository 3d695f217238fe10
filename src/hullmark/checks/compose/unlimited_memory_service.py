"""Services without a limit of memory."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    mem_reservation: 64m
    deploy:
      resources: {reservations: {memory: 64M}}
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    mem_limit: ${MEMORY:-512m}
  other:
    image: registry.example/web:2.4
    deploy:
      resources: {limits: {memory: 64M}}
  part:
    extends: {file: other.yaml, service: web}
    image: registry.example/web:2.4
"""


@compose_check(
    id="unlimited-memory-service",
    title="No limit holds for the memory of the service",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Set mem_limit, or deploy.resources.limits.memory.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#mem_limit",
        "https://docs.docker.com/reference/compose-file/deploy/#resources",
    ),
    left="how much is for people to say",
)
def unlimited_memory_service(compose: Compose) -> Iterator[Evidence]:
    """A leak or an attack takes all memory, and the kernel kills other programs of the host."""
    for each in compose.services():
        if each.whole and not (each.body.text("mem_limit") or each.limits.text("memory")):
            yield each.tell("", "its memory has no limit")
