"""Builds with all that the host's root may do."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import entries, is_true
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    build:
      context: .
      privileged: true
"""
_BAD_2 = """\
services:
  web:
    build:
      context: .
      entitlements: [network.host, security.insecure]
"""
_GOOD = """\
services:
  web:
    build:
      context: .
      privileged: false
      entitlements: [network.host]
"""


@compose_check(
    id="privileged-service-build",
    title="Build of the service is privileged",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it, and build without what needs it.",
    references=("https://docs.docker.com/reference/compose-file/build/#privileged",),
    mend=drop(prune=1, says="remove it", breaks="breaks builds that need it", risky=True),
)
def privileged_service_build(compose: Compose) -> Iterator[Evidence]:
    """Every step of the build, and every package that it installs, may take over the host."""
    for each in compose.services():
        if is_true(each.build.get("privileged")):
            line = each.build.line_of("privileged")
            yield each.tell("build.privileged", "its build is privileged", line)
        for text, line, at in entries(each.build, "entitlements"):
            if text == "security.insecure":
                yield each.tell(f"build.{at}", "its build may ask for everything", line)
