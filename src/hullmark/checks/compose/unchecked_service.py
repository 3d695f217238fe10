"""Services whose health nobody asks for."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import awaited_to_end, runs_once
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    healthcheck: {test: [CMD, /bin/check]}
    depends_on:
      setup: {condition: service_completed_successfully}
  setup:
    image: registry.example/web:2.4
"""


@compose_check(
    id="unchecked-service",
    title="Service has no health check",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Write a healthcheck that asks what users would ask.",
    references=("https://docs.docker.com/reference/compose-file/services/#healthcheck",),
    left="what shows that it works is for people to say",
)
def unchecked_service(compose: Compose) -> Iterator[Evidence]:
    """One that hangs keeps its place and gets requests.

    Neither compose nor Swarm sees that it has failed.
    """
    once = awaited_to_end(compose)
    for each in compose.services():
        asks = "healthcheck" in each.body or each.name in once or runs_once(each)
        if each.whole and not asks:
            yield each.tell("", "it has no healthcheck")
