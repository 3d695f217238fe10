"""Services that may start any number of processes."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    pids_limit: -1
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    pids_limit: 200
  other:
    image: registry.example/web:2.4
    deploy:
      resources: {limits: {pids: 100}}
"""


@compose_check(
    id="unlimited-pids-service",
    title="No limit holds for the processes of the service",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Set pids_limit, or deploy.resources.limits.pids.",
    references=("https://docs.docker.com/reference/compose-file/services/#pids_limit",),
    left="how much is for people to say",
)
def unlimited_pids_service(compose: Compose) -> Iterator[Evidence]:
    """A program that only starts itself again fills the table of processes and stops the host."""
    for each in compose.services():
        if each.whole and not (
            (each.body.text("pids_limit") or each.limits.text("pids") or "0") not in ("0", "-1")
        ):
            yield each.tell("", "its processes have no limit")
