"""Services with all mounts of another."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  logs:
    image: registry.example/logs:2.4
    volumes_from: [web, "container:old:ro"]
"""
_GOOD = """\
services:
  logs:
    image: registry.example/logs:2.4
    volumes_from: []
    volumes: [logs:/logs:ro]
volumes: {logs: {}}
"""


@compose_check(
    id="inherited-volumes-service",
    title="Service takes over all volumes of another",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Name the volumes that are needed, read-only where that is enough.",
    references=("https://docs.docker.com/reference/compose-file/services/#volumes_from",),
)
def inherited_volumes_service(compose: Compose) -> Iterator[Evidence]:
    """What is mounted for the other one, sockets and secrets among it, is within its reach too."""
    for each in compose.services():
        for text, line, at in each.entries("volumes_from"):
            yield each.tell(at, f"it has all volumes of {short(text)}", line)
