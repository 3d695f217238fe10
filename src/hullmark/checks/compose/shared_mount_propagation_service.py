"""Services whose mounts reach the host."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes: ["/mnt:/mnt:rshared"]
"""
_BAD_2 = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes:
      - type: bind
        source: /mnt
        target: /mnt
        bind: {propagation: shared}
"""
_GOOD = """\
services:
  agent:
    image: registry.example/agent:2.4
    volumes: ["/mnt:/mnt:rslave", "/srv/shared:/srv"]
"""


@compose_check(
    id="shared-mount-propagation-service",
    title="Mounts of the service spread to the host",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Leave the propagation private, or rslave where mounts of the host must appear.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#volumes",
        "https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation",
    ),
)
def shared_mount_propagation_service(compose: Compose) -> Iterator[Evidence]:
    """What it mounts there appears on the host and in containers, over files that they trust."""
    for each in compose.services():
        for mount in each.mounts():
            shared = {"shared", "rshared"} & {*mount.modes}
            if shared:
                yield each.tell(
                    mount.at, f"mounts below {short(mount.source)} are shared", mount.line
                )
