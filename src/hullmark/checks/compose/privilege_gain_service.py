"""Services whose programs may gain privileges."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_mends import no_new_privileges
from hullmark.checks.declare_config import compose_check
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["no-new-privileges:false"]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    security_opt: ["no-new-privileges:true"]
  old:
    image: registry.example/web:2.4
    security_opt: [no-new-privileges]
  part:
    environment: {A: b}
"""


@compose_check(
    id="privilege-gain-service",
    title="Service may gain privileges",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Write no-new-privileges:true under security_opt.",
    references=("https://docs.docker.com/reference/compose-file/services/#security_opt",),
    mend=by(
        no_new_privileges,
        says="set no-new-privileges",
        breaks="keeps setuid programs as sudo from gaining rights",
    ),
)
def privilege_gain_service(compose: Compose) -> Iterator[Evidence]:
    """Whoever breaks in as a plain user becomes root by a flaw of any setuid program."""
    for each in compose.services():
        options = [
            text.replace("=", ":").replace(" ", "") for text, _, _ in each.entries("security_opt")
        ]
        allowed = options.count("no-new-privileges:false") > 0
        is_set = "no-new-privileges" in options or "no-new-privileges:true" in options
        if allowed or (each.whole and not is_set and not each.flag("privileged")):
            key = "security_opt" if options else ""
            yield each.tell(key, "it does not set no-new-privileges")
