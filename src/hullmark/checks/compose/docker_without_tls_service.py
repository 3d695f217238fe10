"""Container engines that take orders without TLS."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  engine:
    image: docker:27.3.1-dind
    environment:
      DOCKER_TLS_CERTDIR: ""
"""
_BAD_2 = """\
services:
  jobs:
    image: registry.example/jobs:2.4
    environment: ["DOCKER_HOST=tcp://engine:2375"]
  engine:
    image: docker:27.3.1-dind
    command: dockerd --host=tcp://0.0.0.0:2375
"""
_GOOD = """\
services:
  jobs:
    image: registry.example/jobs:2.4
    environment:
      DOCKER_TLS_CERTDIR: /certs
      DOCKER_HOST: tcp://engine:2376
"""


@compose_check(
    id="docker-without-tls-service",
    title="Service speaks to a container engine without TLS",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Leave TLS on, share its certificates by a volume, and use port 2376.",
    references=("https://docs.docker.com/engine/security/protect-access/",),
)
def docker_without_tls_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever reaches that port or listens in between starts what he likes as root."""
    for each in compose.services():
        for pair in each.environment():
            value = pair.value or ""
            if pair.name == "DOCKER_TLS_CERTDIR" and pair.value == "":
                yield each.tell(pair.at, "DOCKER_TLS_CERTDIR is empty", pair.line)
            elif (
                pair.name == "DOCKER_HOST"
                and value.startswith("tcp://")
                and value.endswith(":2375")
            ):
                yield each.tell(pair.at, f"DOCKER_HOST is {short(value)}", pair.line)
        for word in each.words("command"):
            if word.removeprefix("--host=").startswith("tcp://") and word.endswith(":2375"):
                yield each.tell("command", f"it listens at {short(word)}")
                break
