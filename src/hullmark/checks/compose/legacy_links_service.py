"""Services joined by links."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    links: ["db:database"]
    external_links: [cache]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    networks: [inner]
    depends_on: [db]
networks: {inner: {}}
"""


@compose_check(
    id="legacy-links-service",
    title="Service uses legacy links",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Put both services into one network, and use their names.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#links",
        "https://docs.docker.com/engine/network/links/",
    ),
)
def legacy_links_service(compose: Compose) -> Iterator[Evidence]:
    """Links on the default bridge hand all variables of one container to the other.

    Networks say who may reach whom, and hand over nothing.
    """
    for each in compose.services():
        for key in ("links", "external_links"):
            for text, line, at in each.entries(key):
                yield each.tell(at, f"it is linked to {short(text)}", line)
