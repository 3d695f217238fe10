"""Services outside of SELinux."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import CONFINED
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["label:disable"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["label=type:spc_t"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["label:type:svirt_apache_t"]
"""


@compose_check(
    id="disabled-selinux-service",
    title="Service runs without SELinux",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it; label what it mounts by :z or :Z.",
    references=("https://docs.docker.com/reference/compose-file/services/#security_opt",),
    mend=CONFINED,
)
def disabled_selinux_service(compose: Compose) -> Iterator[Evidence]:
    """It may touch files of the host and of other containers that its label would keep from it."""
    for each in compose.services():
        for text, line, at in each.entries("security_opt"):
            if text.replace("=", ":").replace(" ", "").lower() in (
                "label:disable",
                "label:type:spc_t",
            ):
                yield each.tell(at, f"{text[:40]} takes its SELinux label away", line)
