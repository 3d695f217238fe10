"""Services that keep the default capabilities."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import all_dropped
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import by
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
    cap_drop: [MKNOD]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    cap_drop: [all]
  part:
    environment: {A: b}
"""


@compose_check(
    id="undropped-capabilities-service",
    title="Service keeps all default capabilities",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Write cap_drop: [ALL], and add those that are needed.",
    references=("https://docs.docker.com/reference/compose-file/services/#cap_drop",),
    mend=by(
        all_dropped,
        says="drop all capabilities",
        breaks="takes from programs what engines give, as changing users",
        risky=True,
    ),
)
def undropped_capabilities_service(compose: Compose) -> Iterator[Evidence]:
    """Few programs need any.

    With those that stay, root in the container forges packets and takes over files.
    """
    for each in compose.services():
        dropped = {text.upper() for text, _, _ in each.entries("cap_drop")}
        if each.whole and not dropped & {"ALL", "CAP_ALL"} and not each.flag("privileged"):
            yield each.tell("cap_drop" if dropped else "", "it does not drop all capabilities")
