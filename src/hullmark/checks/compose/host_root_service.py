"""Services that may write anywhere on the host."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import host_path
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  backup:
    image: registry.example/backup:2.4
    volumes: ["/:/host"]
"""
_BAD_2 = """\
services:
  backup:
    image: registry.example/backup:2.4
    volumes:
      - {type: volume, source: all, target: /host}
volumes:
  all:
    driver_opts: {type: none, o: bind, device: /}
"""
_GOOD = """\
services:
  backup:
    image: registry.example/backup:2.4
    volumes: ["/:/host:ro,rslave", "./:/src"]
"""


@compose_check(
    id="host-root-service",
    title="Service may write to the host's root filesystem",
    severity=Severity.CRITICAL,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Mount the folders that are needed, read-only where that is enough.",
    references=("https://docs.docker.com/reference/compose-file/services/#volumes",),
)
def host_root_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever breaks into it adds an SSH key, a job or a user to the host, and is root there."""
    for each in compose.services():
        for mount in each.mounts():
            if host_path(mount) == "/" and not mount.read_only:
                yield each.tell(
                    mount.at, f"the host's / is mounted at {short(mount.target)}", mount.line
                )
