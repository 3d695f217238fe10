"""Services with every capability."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import DROPPED_CAPABILITY
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    cap_add: [ALL]
"""
_BAD_2 = """\
services:
  base: {cap_add: [all]}
  web:
    extends: {service: base}
    image: registry.example/web:2.4
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    cap_add: [NET_BIND_SERVICE]
    cap_drop: [ALL]
"""


@compose_check(
    id="all-capabilities-service",
    title="Service has all capabilities",
    severity=Severity.CRITICAL,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Add the capabilities that are needed one by one, and drop all others.",
    references=("https://docs.docker.com/reference/compose-file/services/#cap_add",),
    mend=DROPPED_CAPABILITY,
)
def all_capabilities_service(compose: Compose) -> Iterator[Evidence]:
    """Root in it may do what root of the host may.

    Mount disks, load kernel modules, read all memory.
    """
    for each in compose.services():
        for text, line, at in each.entries("cap_add"):
            name = text.upper().removeprefix("CAP_")
            if name == "ALL":
                yield each.tell(at, f"it is given the capability {name}", line)
