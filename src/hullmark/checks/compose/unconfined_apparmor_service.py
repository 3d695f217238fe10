"""Services outside of AppArmor."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import CONFINED
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["apparmor:unconfined"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["apparmor=unconfined"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["apparmor:docker-default"]
"""


@compose_check(
    id="unconfined-apparmor-service",
    title="Service runs without AppArmor",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it, or name a profile made for the service.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#security_opt",
        "https://docs.docker.com/engine/security/apparmor/",
    ),
    mend=CONFINED,
)
def unconfined_apparmor_service(compose: Compose) -> Iterator[Evidence]:
    """Nothing but its capabilities keeps it from mounting and from writing below /proc and /sys."""
    for each in compose.services():
        for text, line, at in each.entries("security_opt"):
            if text.replace("=", ":").replace(" ", "").lower() == "apparmor:unconfined":
                yield each.tell(at, "AppArmor does not confine it", line)
