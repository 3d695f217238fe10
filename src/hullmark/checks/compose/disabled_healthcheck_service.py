"""Services whose image's check is switched off."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import is_true
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    healthcheck: {disable: true}
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    healthcheck:
      test: ["NONE"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    healthcheck: {test: [CMD, /bin/check], disable: false}
"""


@compose_check(
    id="disabled-healthcheck-service",
    title="Health check of the service is switched off",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it, or write another test.",
    references=("https://docs.docker.com/reference/compose-file/services/#healthcheck",),
    left="what shows that it works is for people to say",
)
def disabled_healthcheck_service(compose: Compose) -> Iterator[Evidence]:
    """One that hangs keeps its place and gets requests, though its image would tell."""
    for each in compose.services():
        check = each.body.map("healthcheck")
        if is_true(check.get("disable")):
            line = check.line_of("disable")
            yield each.tell("healthcheck.disable", "its health check is disabled", line)
        elif check.texts("test")[:1] == ["NONE"]:
            yield each.tell("healthcheck.test", "its health check is NONE", check.line_of("test"))
