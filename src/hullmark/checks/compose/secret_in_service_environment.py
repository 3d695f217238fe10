"""Secrets in variables that the file gives."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import literal_secret
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD_1 = """\
services:
  db:
    image: postgres:17.2
    environment:
      POSTGRES_PASSWORD: hunter2hunter2
"""
_BAD_2 = """\
services:
  db:
    image: postgres:17.2
    environment:
      - "POSTGRES_PASSWORD=pa$$w0rd-1"
      - API_KEY=${API_KEY:-k3y-0f-th3-api}
"""
_BAD_3 = """\
services:
  db:
    image: postgres:17.2
    environment:
      - API_KEY=${WITH_KEY:+k3y-0f-th3-api}
"""
_GOOD = """\
services:
  db:
    image: postgres:17.2
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db
      POSTGRES_PASSWORD:
      DB_PASSWORD: ${DB_PASSWORD:?is needed}
      API_KEY: prefix-${KEY}
  other:
    image: postgres:17.2
    environment: [DB_PASSWORD, TOKEN=$TOKEN, TOKEN_TTL=3600]
"""


@compose_check(
    id="secret-in-service-environment",
    title="Secret in the environment of a service",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(
        _BAD_1,
        _BAD_2,
        _BAD_3,
    ),
    good=(_GOOD,),
    remediation="Change it, and name a secret's file instead (POSTGRES_PASSWORD_FILE).",
    references=("https://docs.docker.com/compose/how-tos/use-secrets/",),
)
def secret_in_service_environment(compose: Compose) -> Iterator[Evidence]:
    """Whoever reads the repository has it.

    So does everything in the container, and whatever prints its environment.
    """
    for each in compose.services():
        for pair in each.environment():
            if literal_secret(pair):
                says = f"{short(pair.name)} has a value of {len(pair.value or '')} characters"
                yield each.tell(pair.at, says, pair.line)
