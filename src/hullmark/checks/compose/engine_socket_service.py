"""Services that rule the container engine."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import is_engine_socket
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  proxy:
    image: registry.example/proxy:2.4
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
"""
_BAD_2 = """\
services:
  proxy:
    image: registry.example/proxy:2.4
    volumes:
      - type: bind
        source: ${SOCKET:-/run/user/1000/podman/podman.sock}
        target: /var/run/docker.sock
"""
_BAD_3 = """\
services:
  proxy:
    image: registry.example/proxy:2.4
    use_api_socket: true
"""
_GOOD = """\
services:
  proxy:
    image: registry.example/proxy:2.4
    volumes: ["./docker.sock.d:/etc/proxy", data:/data]
volumes: {data: {}}
"""


@compose_check(
    id="engine-socket-service",
    title="Service has the socket of the container engine",
    severity=Severity.CRITICAL,
    bad=(
        _BAD_1,
        _BAD_2,
        _BAD_3,
    ),
    good=(_GOOD,),
    remediation=(
        "Do not mount it; give the service a proxy that lets through only the calls it needs."
    ),
    references=(
        "https://docs.docker.com/reference/compose-file/services/#volumes",
        "https://docs.docker.com/engine/security/protect-access/",
    ),
    left="what the service does with the engine is for people to say",
)
def engine_socket_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever breaks into it starts a privileged container on the host, and is root there.

    Mounting the socket read-only changes nothing.
    """
    for each in compose.services():
        if each.flag("use_api_socket"):
            yield each.tell("use_api_socket", "it is given the socket of the engine")
        for mount in each.mounts():
            if is_engine_socket(mount):
                yield each.tell(mount.at, f"{short(mount.source)} is mounted", mount.line)
