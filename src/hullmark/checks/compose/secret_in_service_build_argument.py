"""Secrets in arguments of builds."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import literal_secret
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import pairs
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD = """\
services:
  web:
    build:
      context: .
      args:
        REGISTRY_TOKEN: k3y-0f-th3-registry
"""
_GOOD = """\
services:
  web:
    build:
      context: .
      args: [REGISTRY_TOKEN, "API_TOKEN=${API_TOKEN}", VERSION=2]
"""


@compose_check(
    id="secret-in-service-build-argument",
    title="Secret in a build argument of a service",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Change it, and hand its successor in by build.secrets.",
    references=("https://docs.docker.com/reference/compose-file/build/#secrets",),
)
def secret_in_service_build_argument(compose: Compose) -> Iterator[Evidence]:
    """Whoever reads the repository has it, and whoever pulls the image finds it in its history."""
    for each in compose.services():
        for pair in pairs(each.build, "args"):
            if literal_secret(pair):
                yield each.tell(f"build.{pair.at}", f"{short(pair.name)} has a value", pair.line)
