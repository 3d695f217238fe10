"""Secrets that are taken from a variable."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD = """\
services: {}
secrets:
  db:
    environment: DB_PASSWORD
"""
_GOOD = """\
services: {}
secrets:
  db: {file: ./db.txt}
  api: {external: true}
"""


@compose_check(
    id="secret-from-environment",
    title="Secret is taken from a variable of the environment",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation=(
        "Name a file that only its owner may read, or a secret of Swarm (external: true)."
    ),
    references=("https://docs.docker.com/reference/compose-file/secrets/",),
)
def secret_from_environment(compose: Compose) -> Iterator[Evidence]:
    """It stands in the environment of whoever starts compose.

    All programs started there read it.
    """
    for name, body in compose.top("secrets"):
        variable = body.text("environment")
        if variable:
            line = body.line_of("environment")
            yield compose.tell(f"secrets.{name}.environment", f"it is {short(variable)}", line)
