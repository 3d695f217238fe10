"""Services of which all copies are replaced whatever happens."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import copies
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    deploy: {replicas: 3}
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    deploy:
      replicas: 3
      update_config: {parallelism: 1, failure_action: continue}
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    deploy:
      replicas: 3
      update_config: {failure_action: rollback}
  one:
    image: registry.example/web:2.4
    deploy: {replicas: 1}
"""


@compose_check(
    id="update-without-rollback",
    title="Service has copies but no policy of updates",
    severity=Severity.LOW,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Write update_config with failure_action: rollback, and a monitor time.",
    references=("https://docs.docker.com/reference/compose-file/deploy/#update_config",),
    mend=put("failure_action", value="rollback", says="go back where an update fails"),
)
def update_without_rollback(compose: Compose) -> Iterator[Evidence]:
    """A version that fails replaces every copy, and nobody is left to answer."""
    for each in compose.services():
        policy = each.deploy.map("update_config")
        action = policy.text("failure_action")
        if copies(each) > 1 and each.deploy and action not in ("pause", "rollback"):
            key = "deploy.update_config"
            line = policy.line if policy else each.deploy.line
            yield each.tell(key, f"{copies(each)} copies are replaced without a way back", line)
