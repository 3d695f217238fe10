"""Services whose own files can be changed."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import only_read
from hullmark.checks.compose_merge import has_variable
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
    build: .
    read_only: false
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    read_only: "true"
    tmpfs: [/tmp]
  other:
    image: registry.example/web:2.4
    read_only: ${LOCKED}
"""


@compose_check(
    id="writable-root-service",
    title="Root filesystem of the service is writable",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Write read_only: true, and mount a volume or a tmpfs where it writes.",
    references=("https://docs.docker.com/reference/compose-file/services/#read_only",),
    mend=by(
        only_read,
        says="make the root file system read-only",
        breaks="breaks programs that write to their own file system",
        risky=True,
    ),
)
def writable_root_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever breaks in changes the programs that run there, and leaves tools behind."""
    for each in compose.services():
        if (
            each.whole
            and not each.flag("read_only")
            and not has_variable(each.body.text("read_only"))
        ):
            key = "read_only" if "read_only" in each.body else ""
            yield each.tell(key, "its root filesystem is writable")
