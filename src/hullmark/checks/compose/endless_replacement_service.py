"""Services of Swarm that are replaced for ever."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    deploy:
      restart_policy: {condition: any, delay: 5s}
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    deploy:
      restart_policy: {condition: on-failure, max_attempts: 5}
  once:
    image: registry.example/web:2.4
    deploy: {restart_policy: {condition: none}}
"""


@compose_check(
    id="endless-replacement-service",
    title="Swarm replaces the service without end",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Write max_attempts and window, and watch how often it starts.",
    references=("https://docs.docker.com/reference/compose-file/deploy/#restart_policy",),
)
def endless_replacement_service(compose: Compose) -> Iterator[Evidence]:
    """One that breaks at every start keeps the nodes busy.

    An attacker may try again and again.
    """
    for each in compose.services():
        policy = each.deploy.map("restart_policy")
        if policy and policy.text("condition") != "none" and "max_attempts" not in policy:
            line = each.deploy.line_of("restart_policy")
            yield each.tell("deploy.restart_policy", "it has no max_attempts", line)
