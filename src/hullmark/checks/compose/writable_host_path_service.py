"""Services that may change what runs the host."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import host_path, is_engine_socket, is_of_system
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import mounted_to_read
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes:
      - /etc/:/host/etc
      - /var/lib/docker/volumes:/volumes
"""
_BAD_2 = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes:
      - type: bind
        source: /proc
        target: /host/proc
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes: [/etc/localtime:/etc/localtime, /srv/data:/data, /proc:/host/proc:ro, etc:/etc]
volumes: {etc: {}}
"""


@compose_check(
    id="writable-host-path-service",
    title="Service may write to a system folder of the host",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Mount a folder of the service's own, or mount it read-only.",
    references=("https://docs.docker.com/reference/compose-file/services/#volumes",),
    mend=by(
        mounted_to_read,
        says="mount it to read",
        breaks="breaks programs that write there",
        risky=True,
    ),
)
def writable_host_path_service(compose: Compose) -> Iterator[Evidence]:
    """Who writes there becomes root of the host by a job, a service, a key or a changed program."""
    for each in compose.services():
        for mount in each.mounts():
            path = host_path(mount)
            if is_of_system(path) and not mount.read_only and not is_engine_socket(mount):
                yield each.tell(
                    mount.at, f"{short(path)} of the host is mounted writable", mount.line
                )
