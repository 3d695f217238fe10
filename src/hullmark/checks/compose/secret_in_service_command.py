"""Secrets in commands that the file gives."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import secret_of
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import words
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD_1 = """\
services:
  cache:
    image: redis:7.4.1
    command: redis-server --requirepass hunter2hunter2
"""
_BAD_2 = """\
services:
  db:
    image: mariadb:11.4
    entrypoint: [run, "--db-password=hunter2hunter2"]
    healthcheck:
      test: [CMD, mysqladmin, ping, -phunter2]
"""
_GOOD = """\
services:
  cache:
    image: redis:7.4.1
    command: ["sh", "-c", "redis-server --requirepass $$PASSWORD --token-file /run/x"]
    healthcheck:
      test: mysqladmin ping -p$$MYSQL_PASSWORD
  other:
    image: redis:7.4.1
    command: run --password ${PASSWORD} --token-ttl=36 -port
"""


@compose_check(
    id="secret-in-service-command",
    title="Secret in the command of a service",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Change it, and have the program read it from a secret's file.",
    references=("https://docs.docker.com/compose/how-tos/use-secrets/",),
)
def secret_in_service_command(compose: Compose) -> Iterator[Evidence]:
    """Whoever reads the repository has it.

    Everybody on the host sees it in the list of processes.
    """
    for each in compose.services():
        check = each.body.map("healthcheck")
        places = [(key, key, each.body) for key in ("command", "entrypoint")]
        for at, key, body in (*places, ("healthcheck.test", "test", check)):
            option = secret_of(words(body, key)) if key in body else ""
            if option:
                yield each.tell(at, f"{short(option)} is given a value", body.line_of(key))
