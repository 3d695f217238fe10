"""Secrets in labels of containers."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import literal_secret
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import pairs
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    labels:
      app.admin.password: hunter2hunter2
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    deploy:
      labels: ["app.token=k3y-0f-th3-api"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    labels:
      app.admin.password: ${PASSWORD}
      traefik.http.routers.web.rule: Host(`a.example`)
"""


@compose_check(
    id="secret-in-service-label",
    title="Secret in a label of a service",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Change it, and hand its successor in as a secret.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#labels",
        "https://docs.docker.com/compose/how-tos/use-secrets/",
    ),
)
def secret_in_service_label(compose: Compose) -> Iterator[Evidence]:
    """Whoever reads the repository has it.

    Every label can be read by whoever may list containers.
    """
    for each in compose.services():
        for body in (each.body, each.deploy):
            for pair in pairs(body, "labels"):
                if literal_secret(pair._replace(name=pair.name.rpartition(".")[2])):
                    at = pair.at if body is each.body else f"deploy.{pair.at}"
                    yield each.tell(at, f"the label {short(pair.name)} holds it", pair.line)
