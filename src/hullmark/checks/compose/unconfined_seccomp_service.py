"""Services that may make every system call."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import CONFINED
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["seccomp:unconfined"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["seccomp=unconfined"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["seccomp:./profile.json"]
"""


@compose_check(
    id="unconfined-seccomp-service",
    title="Service runs without seccomp",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it, or name a profile that allows the calls that are missing.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#security_opt",
        "https://docs.docker.com/engine/security/seccomp/",
    ),
    mend=CONFINED,
)
def unconfined_seccomp_service(compose: Compose) -> Iterator[Evidence]:
    """It reaches parts of the kernel that containers never need.

    Most ways out of containers were found there.
    """
    for each in compose.services():
        for text, line, at in each.entries("security_opt"):
            if text.replace("=", ":").replace(" ", "").lower() == "seccomp:unconfined":
                yield each.tell(at, "seccomp is unconfined", line)
