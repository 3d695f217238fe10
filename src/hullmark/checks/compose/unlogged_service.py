"""Services that leave no trace."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    logging: {driver: none}
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    logging: {driver: local}
  other:
    image: registry.example/web:2.4
    logging: {driver: "${DRIVER}"}
"""


@compose_check(
    id="unlogged-service",
    title="Logs of the service are thrown away",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Remove it, or write driver: local, which bounds itself.",
    references=("https://docs.docker.com/reference/compose-file/services/#logging",),
    mend=put(value="local", says="keep logs, bounded"),
)
def unlogged_service(compose: Compose) -> Iterator[Evidence]:
    """After a break-in nobody can tell what happened, or whether one happened at all."""
    for each in compose.services():
        logging = each.body.map("logging")
        if logging.text("driver") == "none":
            yield each.tell("logging.driver", "its logs go nowhere", logging.line_of("driver"))
