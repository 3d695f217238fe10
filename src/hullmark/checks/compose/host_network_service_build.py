"""Builds in the host's network."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import entries
from hullmark.checks.declare_config import compose_check
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    build:
      context: .
      network: host
"""
_BAD_2 = """\
services:
  web:
    build:
      context: .
      entitlements: [network.host]
"""
_GOOD = """\
services:
  web:
    build:
      context: .
      network: none
"""


@compose_check(
    id="host-network-service-build",
    title="Build of the service is in the host's network",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it; mount what the build needs, or hand it in by additional_contexts.",
    references=("https://docs.docker.com/reference/compose-file/build/#network",),
)
def host_network_service_build(compose: Compose) -> Iterator[Evidence]:
    """Every step of the build, and all it installs, reaches what listens on the host alone."""
    for each in compose.services():
        if each.build.text("network") == "host":
            line = each.build.line_of("network")
            yield each.tell("build.network", "its build is in the host's network", line)
        for text, line, at in entries(each.build, "entitlements"):
            if text == "network.host":
                yield each.tell(f"build.{at}", "its build may join the host's network", line)
