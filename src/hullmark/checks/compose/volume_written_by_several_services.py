"""Volumes that several services may change."""

from collections.abc import Iterator

from hullmark.checks.compose_facts import named
from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import VOLUME, Mount
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import listed
from hullmark.model import Evidence, Severity


def _is_written(mount: Mount) -> bool:
    return mount.kind == VOLUME and mount.source != "" and not mount.read_only


_BAD = """\
services:
  web:
    image: registry.example/web:2.4
    volumes: [files:/srv/files]
  jobs:
    image: registry.example/jobs:2.4
    volumes: [files:/files:rw]
volumes:
  files: {}
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    volumes: [files:/srv/files:ro, own:/a]
  jobs:
    image: registry.example/jobs:2.4
    volumes: [files:/files]
volumes:
  files:
  own:
"""


@compose_check(
    id="volume-written-by-several-services",
    title="Several services may write to one volume",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Let one service write, and mount the volume read-only (:ro) in the others.",
    references=("https://docs.docker.com/reference/compose-file/volumes/",),
)
def volume_written_by_several_services(compose: Compose) -> Iterator[Evidence]:
    """Who breaks into one of them changes what the others read and run from there."""
    users: dict[str, list[str]] = {}
    for each in compose.services():
        for source in {mount.source for mount in each.mounts() if _is_written(mount)}:
            users.setdefault(source, []).append(each.name)
    for name, line in named(compose, "volumes"):
        if len(users.get(name, ())) > 1:
            says = f"{listed(users[name])} may write to it"
            yield compose.tell(f"volumes.{name}", says, line)
