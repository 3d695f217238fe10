"""Commands around a service's life with more rights than it has."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import is_true
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    post_start:
      - command: chown -R web /data
        privileged: true
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    pre_stop:
      - {command: /bin/flush, privileged: false, user: root}
"""


@compose_check(
    id="privileged-hook-service",
    title="Hook of the service is privileged",
    severity=Severity.HIGH,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Run it as root at most (user: root), and change ownership in the image.",
    references=("https://docs.docker.com/reference/compose-file/services/#post_start",),
    mend=drop(says="remove it", breaks="breaks hooks that need it", risky=True),
)
def privileged_hook_service(compose: Compose) -> Iterator[Evidence]:
    """The hook runs with every capability, on files that whoever broke in may have changed."""
    for each in compose.services():
        for key in ("post_start", "pre_stop"):
            for index, hook in enumerate(each.body.items_of(key)):
                if isinstance(hook, Map) and is_true(hook.get("privileged")):
                    line = hook.line_of("privileged")
                    yield each.tell(f"{key}[{index}].privileged", f"{key} is privileged", line)
