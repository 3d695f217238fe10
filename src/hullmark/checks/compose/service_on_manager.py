"""Services on the nodes that rule a swarm."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import entries
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    deploy:
      placement:
        constraints: [node.role == manager]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    deploy:
      placement: {constraints: ["node.role==worker", "node.role!=manager"]}
"""


@compose_check(
    id="service-on-manager",
    title="Service is placed on managers of the swarm",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Place it on workers, and keep managers for what must ask the engine there.",
    references=(
        "https://docs.docker.com/reference/compose-file/deploy/#placement",
        "https://docs.docker.com/engine/swarm/admin_guide/",
    ),
)
def service_on_manager(compose: Compose) -> Iterator[Evidence]:
    """Whoever breaks out of it has the keys of the whole swarm.

    Its load slows down who schedules everything.
    """
    for each in compose.services():
        for text, line, at in entries(each.deploy.map("placement"), "constraints"):
            if text.replace(" ", "") == "node.role==manager":
                yield each.tell(f"deploy.placement.{at}", "it runs on managers alone", line)
