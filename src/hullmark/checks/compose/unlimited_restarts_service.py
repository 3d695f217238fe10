"""Services that are started again for ever."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

ENDLESS = {
    "always": "always",
    "unless-stopped": "until somebody stops it",
    "on-failure": "after every failure, without a count",
}

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    restart: always
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    restart: ${RESTART:-unless-stopped}
  other:
    image: registry.example/web:2.4
    restart: on-failure
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    restart: on-failure:5
  other:
    image: registry.example/web:2.4
    restart: "no"
"""


@compose_check(
    id="unlimited-restarts-service",
    title="Service is restarted without end",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Write restart: on-failure:5, and watch how often it starts.",
    references=("https://docs.docker.com/reference/compose-file/services/#restart",),
    mend=put(
        value="on-failure:5",
        says="restart it five times",
        breaks="leaves it stopped after that, and when the host starts",
        risky=True,
    ),
)
def unlimited_restarts_service(compose: Compose) -> Iterator[Evidence]:
    """One that breaks at every start keeps the host busy.

    An attacker may try again and again.
    """
    for each in compose.services():
        policy = each.body.text("restart")
        if policy in ENDLESS:
            yield each.tell("restart", f"it is restarted {ENDLESS[policy]}")
