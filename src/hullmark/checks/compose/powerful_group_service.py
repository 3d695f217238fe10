"""Services in groups of the host that lead to root."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

GROUPS = ("root", "0", "docker", "disk", "kmem", "lxd", "shadow", "sudo", "wheel")

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    group_add: [docker, 0]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    group_add: [audio, 1000, "${DOCKER_GID}"]
"""


@compose_check(
    id="powerful-group-service",
    title="Service is in a powerful group",
    severity=Severity.HIGH,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Drop the group, and give the files that are needed a group of their own.",
    references=("https://docs.docker.com/reference/compose-file/services/#group_add",),
    mend=drop(
        prune=1,
        says="remove the group",
        breaks="takes access to what the group owns away",
        risky=True,
    ),
)
def powerful_group_service(compose: Compose) -> Iterator[Evidence]:
    """Members of these groups rule the engine, read raw disks or change files of the system."""
    for each in compose.services():
        for text, line, at in each.entries("group_add"):
            if text.strip() in GROUPS:
                yield each.tell(at, f"it is in the group {text.strip()}", line)
