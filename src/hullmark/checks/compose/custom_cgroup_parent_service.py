"""Services below a control group of their own choice."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import NO_MORE_OF_THE_HOST
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    cgroup_parent: system.slice
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    cgroup_parent: ""
"""


@compose_check(
    id="custom-cgroup-parent-service",
    title="Service chooses its parent control group",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Remove cgroup_parent, and set limits of the service itself.",
    references=("https://docs.docker.com/reference/compose-file/services/#cgroup_parent",),
    mend=NO_MORE_OF_THE_HOST,
)
def custom_cgroup_parent_service(compose: Compose) -> Iterator[Evidence]:
    """Limits that the engine sets for all containers together do not hold for it."""
    for each in compose.services():
        parent = each.body.text("cgroup_parent")
        if parent:
            yield each.tell("cgroup_parent", f"it runs below the control group {short(parent)}")
