"""Services in the namespace of a container that the file does not know."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    network_mode: container:vpn
    pid: "container:vpn"
"""
_GOOD = """\
services:
  vpn:
    image: registry.example/vpn:1.1
    container_name: tunnel
  web:
    image: registry.example/web:2.4
    network_mode: service:vpn
    pid: container:tunnel
"""


@compose_check(
    id="outside-container-namespace",
    title="Service joins a container from outside of the file",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Describe that container as a service of the file, and share with service:NAME.",
    references=("https://docs.docker.com/reference/compose-file/services/#network_mode",),
)
def outside_container_namespace(compose: Compose) -> Iterator[Evidence]:
    """Whoever starts a container of that name decides what the service shares.

    That may be its network, its processes or its memory.
    """
    own = {each.body.text("container_name") for each in compose.services()}
    for each in compose.services():
        for key in ("network_mode", "pid", "ipc"):
            kind, colon, name = each.body.text(key).partition(":")
            if kind == "container" and colon and name not in own:
                yield each.tell(key, f"{key} is that of the container {short(name)}")
