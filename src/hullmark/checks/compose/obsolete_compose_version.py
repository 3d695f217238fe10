"""Files that name a version of the format."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
version: "3.8"
services:
  web:
    image: registry.example/web:2.4
"""
_GOOD_1 = """\
name: web
services:
  web:
    image: registry.example/web:2.4
"""
_GOOD_2 = """\
version: "3.8"
services:
  web:
    image: registry.example/web:2.4
    deploy: {mode: global}
"""


@compose_check(
    id="obsolete-compose-version",
    title="File names an obsolete version of the format",
    severity=Severity.INFO,
    bad=(_BAD,),
    good=(
        _GOOD_1,
        _GOOD_2,
    ),
    remediation="Remove the line.",
    references=("https://docs.docker.com/reference/compose-file/version-and-name/",),
    mend=drop(says="remove it"),
)
def obsolete_compose_version(compose: Compose) -> Iterator[Evidence]:
    """Nothing heeds it any more, and readers believe that the file is bound to old rules."""
    if "version" in compose.body and not compose.is_stack:
        version = compose.body.text("version")
        line = compose.body.line_of("version")
        yield compose.tell("version", f"it names version {short(version)}", line)
