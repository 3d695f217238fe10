"""Services that see the hidden parts of /proc and /sys."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import CONFINED
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["systempaths=unconfined"]
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["systempaths:unconfined"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["no-new-privileges:true"]
"""


@compose_check(
    id="unmasked-paths-service",
    title="Service sees the masked paths of /proc and /sys",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it.",
    references=("https://docs.docker.com/reference/cli/docker/container/run/#security-opt",),
    mend=CONFINED,
)
def unmasked_paths_service(compose: Compose) -> Iterator[Evidence]:
    """As root it may set parameters of the host's kernel.

    The program that the kernel runs at a crash is one of them.
    """
    for each in compose.services():
        for text, line, at in each.entries("security_opt"):
            if text.replace(":", "=").replace(" ", "").lower() == "systempaths=unconfined":
                yield each.tell(at, "no path of /proc and /sys is masked", line)
