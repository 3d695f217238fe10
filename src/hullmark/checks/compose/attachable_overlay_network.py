"""Networks of Swarm that any container may join."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import is_true
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
services: {}
networks:
  inner:
    driver: overlay
    attachable: true
"""
_GOOD = """\
services: {}
networks:
  inner:
    driver: overlay
    attachable: false
  near: {driver: bridge, attachable: true}
"""


@compose_check(
    id="attachable-overlay-network",
    title="Overlay network lets any container join",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Remove attachable, and deploy what must join as a service.",
    references=("https://docs.docker.com/reference/compose-file/networks/",),
    mend=drop(
        says="remove it", breaks="keeps containers outside of the stack from joining", risky=True
    ),
)
def attachable_overlay_network(compose: Compose) -> Iterator[Evidence]:
    """Whoever may start a container on a node puts it beside the services."""
    for name, body in compose.top("networks"):
        if body.text("driver") == "overlay" and is_true(body.get("attachable")):
            line = body.line_of("attachable")
            yield compose.tell(f"networks.{name}.attachable", f"{short(name)} is attachable", line)
