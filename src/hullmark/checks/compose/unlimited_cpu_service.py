"""Services without a limit of processor time."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    cpus: 0
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    cpus: 0.5
  other:
    image: registry.example/web:2.4
    deploy:
      resources: {limits: {cpus: "0.5"}}
"""


@compose_check(
    id="unlimited-cpu-service",
    title="No limit holds for the processor time of the service",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Set cpus, or deploy.resources.limits.cpus.",
    references=("https://docs.docker.com/reference/compose-file/services/#cpus",),
    left="how much is for people to say",
)
def unlimited_cpu_service(compose: Compose) -> Iterator[Evidence]:
    """A loop or a miner of coins takes the time that everything else on the host needs."""
    for each in compose.services():
        if each.whole and not (
            any(
                each.body.text(key).strip("0.")
                for key in ("cpus", "cpu_quota", "cpuset", "cpu_count")
            )
            or each.limits.text("cpus")
        ):
            yield each.tell("", "its processor time has no limit")
