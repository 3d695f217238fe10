"""Services with the logins of whoever starts them."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import holds_credentials
from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  deploy:
    image: registry.example/deploy:2.4
    volumes:
      - ~/.ssh:/root/.ssh:ro
      - ${HOME}/.aws:/root/.aws
"""
_BAD_2 = """\
services:
  deploy:
    image: registry.example/deploy:2.4
    volumes: ["$SSH_AUTH_SOCK:/agent"]
"""
_GOOD = """\
services:
  deploy:
    image: registry.example/deploy:2.4
    volumes: [~/.ssh/known_hosts:/etc/ssh/ssh_known_hosts:ro, ~/data:/data, ./.aws:/x]
"""


@compose_check(
    id="mounted-credentials-service",
    title="Service has a person's keys and logins",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Give the service an account of its own, with the rights it needs, as a secret.",
    references=(
        "https://docs.docker.com/reference/compose-file/services/#volumes",
        "https://docs.docker.com/compose/how-tos/use-secrets/",
    ),
)
def mounted_credentials_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever breaks into it takes them along, and is that person everywhere else."""
    for each in compose.services():
        for mount in each.mounts():
            if holds_credentials(mount):
                yield each.tell(mount.at, f"{short(mount.source)} is mounted", mount.line)
