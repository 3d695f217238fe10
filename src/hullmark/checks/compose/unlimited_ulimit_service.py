"""Services that may write core dumps or start processes without end."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    ulimits: {core: -1}
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    ulimits:
      nproc: {soft: 100, hard: -1}
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    ulimits: {core: 0, nproc: 200, memlock: -1}
"""


@compose_check(
    id="unlimited-ulimit-service",
    title="Service has no ulimit where one is needed",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Write core: 0, and a number for nproc.",
    references=("https://docs.docker.com/reference/compose-file/services/#ulimits",),
)
def unlimited_ulimit_service(compose: Compose) -> Iterator[Evidence]:
    """Core dumps hold passwords and keys from memory; processes without end stop the host."""
    for each in compose.services():
        limits = each.body.map("ulimits")
        for name in ("core", "nproc"):
            ends = limits.map(name)
            stated = (limits.get(name), ends.get("soft"), ends.get("hard"))
            if -1 in stated or "-1" in stated:
                yield each.tell(f"ulimits.{name}", f"{name} has no limit", limits.line_of(name))
