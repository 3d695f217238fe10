"""Several containers that must all have one name."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import copies
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    container_name: web
    deploy: {replicas: 3}
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    container_name: web
    scale: 2
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    container_name: web
    deploy: {replicas: 1}
"""


@compose_check(
    id="fixed-name-with-copies",
    title="Service with several copies has a fixed container name",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove container_name: other services use the name of the service.",
    references=("https://docs.docker.com/reference/compose-file/services/#container_name",),
    mend=drop(says="let each copy have its own"),
)
def fixed_name_with_copies(compose: Compose) -> Iterator[Evidence]:
    """Only one container starts: what was meant to stand in for it is never there."""
    for each in compose.services():
        name = each.body.text("container_name")
        if name and copies(each) > 1:
            says = f"{copies(each)} copies would all be called {short(name)}"
            yield each.tell("container_name", says)
