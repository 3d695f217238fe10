"""Services that the kernel does not end when memory runs out."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

SPARED, LEAST = -500, -1000

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    oom_kill_disable: true
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    oom_score_adj: -1000
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    oom_kill_disable: false
    oom_score_adj: 500
"""


@compose_check(
    id="spared-from-oom-service",
    title="Service is spared when memory runs out",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Remove it, and give the service a limit of memory that is enough.",
    references=("https://docs.docker.com/reference/compose-file/services/#oom_kill_disable",),
    mend=drop(says="remove it", breaks="lets the kernel end it when memory runs out", risky=True),
)
def spared_from_oom_service(compose: Compose) -> Iterator[Evidence]:
    """The kernel ends other programs instead, those that keep the host running among them."""
    for each in compose.services():
        if each.flag("oom_kill_disable"):
            yield each.tell("oom_kill_disable", "it is never ended when memory runs out")
        score = each.body.number("oom_score_adj")
        if score is not None and score <= SPARED:
            yield each.tell("oom_score_adj", f"its score is {max(score, LEAST)}")
