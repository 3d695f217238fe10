"""Services that run downloads as they come."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.container_starts import of_service
from hullmark.checks.declare_config import compose_check
from hullmark.checks.download_flow import unseen
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
services:
  web:
    image: registry.example/web:1.4.2
    command: sh -c "curl -fsSL https://example.com/install.sh | sh && exec web"
"""
_LISTED = """\
services:
  web:
    image: registry.example/web:1.4.2
    entrypoint: [bash, -c]
    command:
    - |
      set -e
      source <(curl -s https://example.com/env)
      exec web
"""
_HOOK = """\
services:
  web:
    image: registry.example/web:1.4.2
    healthcheck: {test: "wget -qO- https://example.com/check | sh"}
    post_start:
    - command: [sh, -c, "curl https://example.com/i | python3 -"]
"""
_FILE = """\
services:
  web:
    image: registry.example/web:1.4.2
    command: sh -c "wget https://example.com/setup.sh && sh setup.sh && exec web"
"""
_CHECKED = """\
services:
  web:
    image: registry.example/web:1.4.2
    command: sh -c "wget https://example.com/i.sh && sha256sum -c /etc/i.sums && sh i.sh"
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:1.4.2
    command: curl https://example.com/i | sh
    healthcheck: {test: [CMD-SHELL, "curl -fs http://localhost/ | grep -q ok"]}
    pre_stop:
    - command: ["sh", "-c", "curl -X POST http://localhost/stop"]
"""


@compose_check(
    id="service-downloads-and-executes",
    title="Service executes a download unseen",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _LISTED, _HOOK, _FILE),
    good=(_GOOD, _CHECKED),
    remediation="Put the program into the image, where its digest can be checked as it is built.",
    references=("https://docs.docker.com/build/building/best-practices/#add-or-copy",),
    left="which image brings the program is for people to say",
)
def service_downloads_and_executes(compose: Compose) -> Iterator[Evidence]:
    """Whoever holds the server runs what they like in the container, at every start anew.

    No digest of an image vouches for it, and what ran is kept nowhere.
    """
    for service in compose.services():
        for start in of_service(service):
            for each in unseen(start.commands):
                yield service.tell(start.at, each.says, start.line)
