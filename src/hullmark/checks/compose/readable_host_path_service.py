"""Services that read what is the host's alone."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import host_path, is_engine_socket, is_secret_to_read, shortest
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes:
      - /:/host:ro
      - /etc:/host/etc:ro
"""
_BAD_2 = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes:
      - {type: bind, source: /root/, target: /seen, read_only: true}
"""
_BAD_3 = """\
services:
  agent:
    image: registry.example/agent:2.4
    configs: [hashes]
configs:
  hashes: {file: /etc/shadow}
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes: [/etc/localtime:/etc/localtime:ro, /lib/modules:/lib/modules:ro, ./etc:/etc:ro]
configs:
  own: {file: ./app.conf}
"""


@compose_check(
    id="readable-host-path-service",
    title="Service reads a system folder of the host",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
        _BAD_3,
    ),
    good=(_GOOD,),
    remediation="Mount the files that are needed one by one.",
    references=("https://docs.docker.com/reference/compose-file/services/#volumes",),
)
def readable_host_path_service(compose: Compose) -> Iterator[Evidence]:
    """It sees passwords' hashes, keys or files of all containers, as does whoever breaks in."""
    for each in compose.services():
        for mount in each.mounts():
            path = host_path(mount)
            if mount.read_only and is_secret_to_read(path) and not is_engine_socket(mount):
                yield each.tell(mount.at, f"{short(path)} of the host can be read", mount.line)
    for kind in ("configs", "secrets"):
        for name, body in compose.top(kind):
            path = shortest(body.text("file"))
            if is_secret_to_read(path):
                says = f"{short(path)} of the host is handed to services"
                yield compose.tell(f"{kind}.{name}.file", says, body.line_of("file"))
