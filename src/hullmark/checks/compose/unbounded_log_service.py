"""Services whose logs grow until the disk is full."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import pairs
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    logging: {driver: json-file}
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    logging:
      driver: json-file
      options: {max-file: "3"}
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    logging:
      driver: json-file
      options: {max-size: 10m}
  other:
    image: registry.example/web:2.4
    logging: {driver: local}
"""


@compose_check(
    id="unbounded-log-service",
    title="Logs of the service grow without bound",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Write max-size and max-file under options, or driver: local.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#logging",
        "https://docs.docker.com/engine/logging/drivers/json-file/",
    ),
    mend=put(
        "max-size", value="10m", says="begin a new file after 10 MB", breaks="drops old lines"
    ),
)
def unbounded_log_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever makes the service write fills the disk, and the host stops."""
    for each in compose.services():
        logging = each.body.map("logging")
        if logging.text("driver") == "json-file":
            options = {pair.name for pair in pairs(logging, "options")}
            if "max-size" not in options:
                line = logging.line_of("driver")
                yield each.tell("logging.options", "json-file has no max-size", line)
