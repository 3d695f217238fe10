"""Passwords of network shares in volumes."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_merge import has_variable
from hullmark.checks.compose_parts import pairs
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD = """\
services: {}
volumes:
  share:
    driver_opts:
      type: cifs
      o: username=web,password=hunter2hunter2
      device: //nas.example/web
"""
_GOOD = """\
services: {}
volumes:
  share:
    driver_opts:
      type: cifs
      o: "username=web,password=${SHARE_PASSWORD}"
      device: //nas.example/web
  other:
    driver_opts: {type: cifs, o: credentials=/etc/web.cred}
"""


@compose_check(
    id="secret-in-volume-options",
    title="Password of a share in a volume's options",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(_GOOD,),
    remediation="Change it, and name a file of credentials (credentials=/etc/share.cred).",
    references=("https://docs.docker.com/reference/compose-file/volumes/#driver_opts",),
)
def secret_in_volume_options(compose: Compose) -> Iterator[Evidence]:
    """Whoever reads the repository has it, and so does everybody who may look at volumes."""
    for name, body in compose.top("volumes"):
        for pair in pairs(body, "driver_opts"):
            for option in (pair.value or "").split(","):
                key, _, value = option.partition("=")
                if key.strip() in ("password", "pass") and value and not has_variable(value):
                    at = f"volumes.{name}.{pair.at}"
                    yield compose.tell(at, f"{short(name)} is mounted by a password", pair.line)
